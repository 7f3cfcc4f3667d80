//! How library code that CPython writes in C releases the GIL, where versions differ.
//!
//! Data: one row per version that differs from the one before. Counted as calls of the GIL's condition variable (2.7: its
//! semaphore) per operation, on 2.7.18, 3.6.15, 3.7.16, 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.1 and 3.13.0 (Linux). Releases
//! around an operation that all versions have alike need no row: `vm/lib` makes them where the C code does.

/// Whether opening a text file looks for the locale's encoding in the file system.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LocaleLook {
    /// Never.
    Never,
    /// When no encoding is given (3.9, 3.10).
    WithoutEncoding,
    /// Always (3.6).
    Always,
}

/// One version.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LibraryRules {
    /// Files are those of C's stdio: each of their methods releases the GIL, whether it needs a system call or not (2.7).
    pub has_stdio_files: bool,
    /// Every file that is opened is asked whether it is a terminal, not only buffered ones (up to 3.7).
    pub asks_for_terminal_always: bool,
    /// What opening a text file does about its encoding.
    pub locale_look: LocaleLook,
    /// Bytes from which on a digest is computed without the GIL.
    pub digest_bytes: Option<usize>,
    /// Bytes above which a checksum is computed without the GIL.
    pub checksum_bytes: Option<usize>,
    /// The first piece of output of zlib; its size doubles.
    pub zlib_piece_bytes: usize,
    /// Taking the lock of a compressor releases the GIL (up to 3.9).
    pub zlib_lock_releases: bool,
    /// `wait` with a timeout tries again and again, sleeping in between, since locks have no timeouts (2.7).
    pub polls_in_wait: bool,
}

const LATEST: LibraryRules = LibraryRules {
    has_stdio_files: false,
    asks_for_terminal_always: false,
    locale_look: LocaleLook::Never,
    digest_bytes: Some(2_048),
    checksum_bytes: Some(5_120),
    zlib_piece_bytes: 32_768,
    zlib_lock_releases: false,
    polls_in_wait: false,
};
const SINCE_3_10: LibraryRules = LibraryRules { locale_look: LocaleLook::WithoutEncoding, ..LATEST };
const SINCE_3_9: LibraryRules = LibraryRules { zlib_piece_bytes: 16_384, zlib_lock_releases: true, ..SINCE_3_10 };
const SINCE_3_8: LibraryRules = LibraryRules { locale_look: LocaleLook::Never, ..SINCE_3_9 };
const SINCE_3_7: LibraryRules = LibraryRules { asks_for_terminal_always: true, ..SINCE_3_8 };
/// Its digests are those of a build without OpenSSL.
const SINCE_3_6: LibraryRules = LibraryRules { locale_look: LocaleLook::Always, digest_bytes: None, ..SINCE_3_7 };
const SINCE_2_7: LibraryRules =
    LibraryRules { has_stdio_files: true, checksum_bytes: None, polls_in_wait: true, ..SINCE_3_6 };

/// The rules of a version, by the profile's name.
pub fn of(profile: &str) -> &'static LibraryRules {
    match profile {
        "2.7" => &SINCE_2_7,
        "3.6" => &SINCE_3_6,
        "3.7" => &SINCE_3_7,
        "3.8" => &SINCE_3_8,
        "3.9" => &SINCE_3_9,
        "3.10" => &SINCE_3_10,
        _ => &LATEST,
    }
}
