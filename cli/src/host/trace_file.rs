//! The file that a run is recorded to: written under a temporary name beside the target and renamed when it is
//! complete, so that a trace is there whole or not at all.

use crate::failure::Failure;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// An open trace file, or stdout.
#[derive(Debug)]
pub struct TraceFile(Out);

#[derive(Debug)]
enum Out {
    Stdout(BufWriter<io::StdoutLock<'static>>),
    /// What is no regular file (a pipe, a device) is written to as it is.
    Special(BufWriter<File>),
    File {
        writer: BufWriter<File>,
        temporary: Temporary,
        target: PathBuf,
    },
}

/// Removes the file when dropped, unless it was renamed.
#[derive(Debug)]
struct Temporary {
    path: PathBuf,
    renamed: bool,
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.renamed {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Whether the name means stdout.
pub fn is_stdout(path: &Path) -> bool {
    path.as_os_str() == "-"
}

impl TraceFile {
    /// Opens the file for `target`; `-` is stdout.
    pub fn create(target: &Path) -> Result<TraceFile, Failure> {
        if is_stdout(target) {
            return Ok(TraceFile(Out::Stdout(BufWriter::new(io::stdout().lock()))));
        }
        if target.is_dir() {
            return Err(Failure::file("write", target, &io::Error::from(io::ErrorKind::IsADirectory)));
        }
        if target.metadata().is_ok_and(|metadata| !metadata.is_file()) {
            let file =
                File::options().write(true).open(target).map_err(|error| Failure::file("write", target, &error))?;
            return Ok(TraceFile(Out::Special(BufWriter::new(file))));
        }
        let mut name = target.file_name().map(std::ffi::OsStr::to_os_string).unwrap_or_default();
        name.push(format!(".{}.tmp", std::process::id()));
        let path = target.with_file_name(name);
        let file = File::create(&path).map_err(|error| Failure::file("write", target, &error))?;
        let temporary = Temporary { path, renamed: false };
        Ok(TraceFile(Out::File { writer: BufWriter::new(file), temporary, target: target.to_path_buf() }))
    }

    /// Gives the complete file its name.
    pub fn commit(self) -> io::Result<()> {
        match self.0 {
            Out::Stdout(mut writer) => writer.flush(),
            Out::Special(mut writer) => writer.flush(),
            Out::File { mut writer, mut temporary, target } => {
                writer.flush()?;
                std::fs::rename(&temporary.path, target)?;
                temporary.renamed = true;
                Ok(())
            }
        }
    }
}

impl Write for TraceFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Out::Stdout(writer) => writer.write(bytes),
            Out::Special(writer) => writer.write(bytes),
            Out::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Out::Stdout(writer) => writer.flush(),
            Out::Special(writer) => writer.flush(),
            Out::File { writer, .. } => writer.flush(),
        }
    }
}
