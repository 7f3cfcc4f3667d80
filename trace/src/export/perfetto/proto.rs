//! Just enough protocol buffers: messages are built front to back.
//!
//! Encoding: <https://protobuf.dev/programming-guides/encoding/>. Field numbers are those of Perfetto's
//! `protos/perfetto/trace/*.proto`; a wrong one fails silently, hence the names here and the check against the official
//! definitions in `tests/perfetto_check.py`.

/// Field numbers of `Trace`.
pub const TRACE_PACKET: u32 = 1;

/// Field numbers of `TracePacket`.
pub mod packet {
    pub const TIMESTAMP: u32 = 8;
    pub const TRUSTED_PACKET_SEQUENCE_ID: u32 = 10;
    pub const TRACK_EVENT: u32 = 11;
    pub const TRACK_DESCRIPTOR: u32 = 60;
}

/// Field numbers of `TrackDescriptor`, and the values used.
pub mod track {
    pub const UUID: u32 = 1;
    pub const NAME: u32 = 2;
    pub const PARENT_UUID: u32 = 5;
    pub const COUNTER: u32 = 8;
    pub const CHILD_ORDERING: u32 = 11;
    pub const SIBLING_ORDER_RANK: u32 = 12;
    /// `ChildTracksOrdering.EXPLICIT`
    pub const EXPLICIT: u64 = 3;
    /// `CounterDescriptor.unit_name`
    pub const COUNTER_UNIT_NAME: u32 = 6;
}

/// Field numbers of `TrackEvent`, and the values of `Type`.
pub mod event {
    pub const DEBUG_ANNOTATIONS: u32 = 4;
    pub const TYPE: u32 = 9;
    pub const TRACK_UUID: u32 = 11;
    pub const CATEGORIES: u32 = 22;
    pub const NAME: u32 = 23;
    pub const COUNTER_VALUE: u32 = 30;
    pub const FLOW_IDS: u32 = 47;
    pub const TERMINATING_FLOW_IDS: u32 = 48;
    pub const BEGIN: u64 = 1;
    pub const END: u64 = 2;
    pub const INSTANT: u64 = 3;
    pub const COUNTER: u64 = 4;
}

/// Field numbers of `DebugAnnotation`.
pub mod annotation {
    pub const INT_VALUE: u32 = 4;
    pub const STRING_VALUE: u32 = 6;
    pub const NAME: u32 = 10;
}

/// A message under construction.
#[derive(Clone, Debug, Default)]
pub struct Message(Vec<u8>);

impl Message {
    /// The encoded bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn raw_varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push((value as u8) | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn tag(&mut self, field: u32, wire_type: u32) {
        self.raw_varint(u64::from(field << 3 | wire_type));
    }

    /// A field of type uint64, enum or bool.
    pub fn varint(&mut self, field: u32, value: u64) -> &mut Message {
        self.tag(field, 0);
        self.raw_varint(value);
        self
    }

    /// A field of type int64: negative numbers take ten bytes.
    pub fn int(&mut self, field: u32, value: i64) -> &mut Message {
        self.varint(field, value as u64)
    }

    /// A field of type fixed64.
    pub fn fixed64(&mut self, field: u32, value: u64) -> &mut Message {
        self.tag(field, 1);
        self.0.extend_from_slice(&value.to_le_bytes());
        self
    }

    /// A field of type string.
    pub fn text(&mut self, field: u32, value: &str) -> &mut Message {
        self.raw(field, value.as_bytes())
    }

    /// A field that is a message.
    pub fn message(&mut self, field: u32, value: &Message) -> &mut Message {
        self.raw(field, &value.0)
    }

    fn raw(&mut self, field: u32, bytes: &[u8]) -> &mut Message {
        self.tag(field, 2);
        self.raw_varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_those_of_the_encoding_guide() {
        let mut message = Message::default();
        message.varint(1, 150);
        assert_eq!(message.bytes(), [0x08, 0x96, 0x01]);
        let mut message = Message::default();
        message.text(2, "testing");
        assert_eq!(message.bytes(), [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
        let mut message = Message::default();
        message.int(1, -2);
        assert_eq!(message.bytes(), [0x08, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
        let mut message = Message::default();
        message.fixed64(47, 1);
        assert_eq!(message.bytes(), [0xf9, 0x02, 1, 0, 0, 0, 0, 0, 0, 0]);
    }
}
