//! `int.to_bytes` and `int.from_bytes`.
//!
//! Two's complement if signed. Messages are CPython 3.13's.

use num_bigint::{BigInt, Sign};
use num_traits::Signed;

use super::error::{TextError, check_text_size};
use super::int::{Int, IntRef};

/// Order of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// `'big'`: most significant first.
    Big,
    /// `'little'`
    Little,
}

impl ByteOrder {
    /// Parses the argument `byteorder`.
    pub fn parse(name: &str) -> Result<Self, TextError> {
        match name {
            "big" => Ok(Self::Big),
            "little" => Ok(Self::Little),
            _ => Err(TextError::value("byteorder must be either 'little' or 'big'")),
        }
    }
}

/// `value.to_bytes(length, order, signed=signed)`
pub fn int_to_bytes(value: IntRef<'_>, length: i64, order: ByteOrder, signed: bool) -> Result<Vec<u8>, TextError> {
    let length = usize::try_from(length).map_err(|_| TextError::value("length argument must be non-negative"))?;
    let value = value.to_big();
    if value.is_negative() && !signed {
        return Err(TextError::overflow("can't convert negative int to unsigned"));
    }
    check_text_size(length)?;
    let mut bytes = if signed { value.to_signed_bytes_le() } else { value.magnitude().to_bytes_le() };
    let filler = if value.is_negative() { 0xff } else { 0 };
    if value.sign() == Sign::NoSign {
        bytes.clear();
    }
    // CPython 3.13 takes -1 for no byte at all.
    if signed && length == 0 && value == BigInt::from(-1) {
        bytes.clear();
    }
    if bytes.len() > length {
        return Err(TextError::overflow("int too big to convert"));
    }
    bytes.resize(length, filler);
    if order == ByteOrder::Big {
        bytes.reverse();
    }
    Ok(bytes)
}

/// `int.from_bytes(bytes, order, signed=signed)`
pub fn int_from_bytes(bytes: &[u8], order: ByteOrder, signed: bool) -> Int {
    Int::from(match (order, signed) {
        (ByteOrder::Big, false) => BigInt::from_bytes_be(Sign::Plus, bytes),
        (ByteOrder::Little, false) => BigInt::from_bytes_le(Sign::Plus, bytes),
        (ByteOrder::Big, true) => BigInt::from_signed_bytes_be(bytes),
        (ByteOrder::Little, true) => BigInt::from_signed_bytes_le(bytes),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Arguments of `to_bytes` and what CPython 3.13 answers; `from_bytes` leads back.
    #[test]
    fn results_are_cpythons() {
        type Row = (&'static str, i64, ByteOrder, bool, Result<&'static [u8], &'static str>);
        let table: &[Row] = &[
            ("0", 0, ByteOrder::Big, false, Ok(&[])),
            ("0", 1, ByteOrder::Big, false, Ok(&[0])),
            ("1", 2, ByteOrder::Big, false, Ok(&[0, 1])),
            ("1", 2, ByteOrder::Little, false, Ok(&[1, 0])),
            ("255", 1, ByteOrder::Big, false, Ok(&[255])),
            ("256", 1, ByteOrder::Big, false, Err("int too big to convert")),
            ("-1", 1, ByteOrder::Big, false, Err("can't convert negative int to unsigned")),
            ("-1", 2, ByteOrder::Big, true, Ok(&[255, 255])),
            ("-1", 0, ByteOrder::Big, true, Ok(&[])),
            ("127", 1, ByteOrder::Big, true, Ok(&[127])),
            ("128", 1, ByteOrder::Big, true, Err("int too big to convert")),
            ("-128", 1, ByteOrder::Little, true, Ok(&[128])),
            ("-129", 1, ByteOrder::Little, true, Err("int too big to convert")),
            ("100000000000000000000", 9, ByteOrder::Little, false, Ok(&[0, 0, 16, 99, 45, 94, 199, 107, 5])),
            ("-100000000000000000000", 10, ByteOrder::Big, true, Ok(&[255, 250, 148, 56, 161, 210, 156, 240, 0, 0])),
            ("1", -1, ByteOrder::Big, false, Err("length argument must be non-negative")),
        ];
        for &(value, length, order, signed, expected) in table {
            let value = Int::from(value.parse::<BigInt>().unwrap());
            let result = int_to_bytes(value.as_ref(), length, order, signed);
            assert_eq!(result.as_deref().map_err(|error| &*error.message), expected, "{value:?}");
            if let Ok(bytes) = result
                && !bytes.is_empty()
            {
                assert_eq!(int_from_bytes(&bytes, order, signed), value);
            }
        }
        assert_eq!(int_to_bytes(1.into(), i64::MAX, ByteOrder::Big, false), Err(TextError::memory()));
        assert!(ByteOrder::parse("middle").is_err());
    }
}
