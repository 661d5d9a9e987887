/// Where a body stops being JSON, in the words that the vendor's parser (Jackson) has for it.
///
/// `Unexpected character ('j' (code 106)): was expecting a colon to separate field name and value at
/// [line:1, column:18]` stands in clients' notes of real replies; the other texts are those of the same
/// parser. Its columns are counted from 1 and stand behind the character.
struct JSONFault: Error, Sendable {
    private enum Place {
        case value
        case firstKey
        case key
        case colon
        case firstElement
        case end
    }

    let reason: String
    /// How many bytes were read.
    let offset: Int

    /// What is wrong with the bytes; `nil` where they look like JSON to it.
    static func message(for bytes: [UInt8]) -> String? {
        var reader = Reader(bytes: bytes)
        do throws(JSONFault) {
            try reader.read()
            return nil
        } catch {
            let read = bytes.prefix(error.offset)
            let line = read.count { $0 == UInt8(ascii: "\n") } + 1
            let start = read.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            return "\(error.reason) at [line:\(line), column:\(read.count - start + 1)]"
        }
    }

    /// Reads once from the first byte to the last, with a stack of what is open.
    private struct Reader {
        let bytes: [UInt8]
        var offset = 0
        var place = Place.value
        /// Whether each open container is an object.
        var open: [Bool] = []

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func read() throws(JSONFault) {
            while self.offset < self.bytes.count {
                let byte = self.bytes[self.offset]
                self.offset += 1
                if [0x20, 0x09, 0x0A, 0x0D].contains(byte) { continue }
                switch self.place {
                case .value, .firstElement: try self.takeValue(byte)
                case .firstKey, .key: try self.takeKey(byte)
                case .colon:
                    guard byte == UInt8(ascii: ":") else {
                        throw self.unexpected(
                            byte,
                            "was expecting a colon to separate field name and value"
                        )
                    }
                    self.place = .value
                case .end: try self.takeEnd(byte)
                }
            }
            guard self.open.isEmpty, self.place == .end else {
                let name = self.open.last == true ? "OBJECT" : "ARRAY"
                throw self.fault(
                    self.open.isEmpty
                        ? "No content to map due to end-of-input"
                        : "Unexpected end-of-input: expected close marker for \(name)"
                )
            }
        }

        private mutating func takeValue(_ byte: UInt8) throws(JSONFault) {
            switch byte {
            case UInt8(ascii: "{"):
                self.open.append(true)
                self.place = .firstKey
            case UInt8(ascii: "["):
                self.open.append(false)
                self.place = .firstElement
            case UInt8(ascii: "]") where self.place == .firstElement:
                self.open.removeLast()
                self.place = .end
            case UInt8(ascii: "\""):
                try self.takeString()
                self.place = .end
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                let number = "+-.eE0123456789".utf8
                while self.offset < self.bytes.count, number.contains(self.bytes[self.offset]) {
                    self.offset += 1
                }
                self.place = .end
            default: try self.takeWord(byte)
            }
        }

        private mutating func takeWord(_ byte: UInt8) throws(JSONFault) {
            let start = self.offset - 1
            guard SalesforceID.isAlphanumeric(byte) else {
                throw self.unexpected(
                    byte,
                    "expected a valid value (number, String, array, object, 'true', 'false' or "
                        + "'null')"
                )
            }
            while self.offset < self.bytes.count,
                SalesforceID.isAlphanumeric(self.bytes[self.offset])
            {
                self.offset += 1
            }
            let word = String(decoding: self.bytes[start..<self.offset], as: UTF8.self)
            guard ["true", "false", "null"].contains(word) else {
                throw self.fault(
                    "Unrecognized token '\(word)': was expecting 'null', 'true', 'false' or NaN"
                )
            }
            self.place = .end
        }

        private mutating func takeKey(_ byte: UInt8) throws(JSONFault) {
            if byte == UInt8(ascii: "}"), self.place == .firstKey {
                self.open.removeLast()
                self.place = .end
                return
            }
            guard byte == UInt8(ascii: "\"") else {
                throw self.unexpected(
                    byte,
                    "was expecting double-quote to start field name"
                )
            }
            try self.takeString()
            self.place = .colon
        }

        private mutating func takeEnd(_ byte: UInt8) throws(JSONFault) {
            guard let isObject = self.open.last else {
                throw self.unexpected(byte, "was expecting the end of the document")
            }
            switch byte {
            case UInt8(ascii: ","): self.place = isObject ? .key : .value
            case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject:
                self.open.removeLast()
            default:
                let name = isObject ? "OBJECT" : "ARRAY"
                throw self.unexpected(byte, "was expecting comma to separate \(name) entries")
            }
        }

        private mutating func takeString() throws(JSONFault) {
            while self.offset < self.bytes.count {
                let byte = self.bytes[self.offset]
                self.offset += 1
                if byte == UInt8(ascii: "\"") { return }
                if byte == UInt8(ascii: "\\") {
                    self.offset = min(self.offset + 1, self.bytes.count)
                } else if byte < 0x20 {
                    throw self.fault(
                        "Illegal unquoted character ((CTRL-CHAR, code \(byte))): has to be "
                            + "escaped using backslash to be included in string value"
                    )
                }
            }
            throw self.fault(
                "Unexpected end-of-input: was expecting closing quote for a string value"
            )
        }

        private func unexpected(_ byte: UInt8, _ expected: String) -> JSONFault {
            let shown =
                (0x20..<0x7F).contains(byte)
                ? "'\(Character(Unicode.Scalar(byte)))' (code \(byte))"
                : "(CTRL-CHAR, code \(byte))"
            return self.fault("Unexpected character (\(shown)): \(expected)")
        }

        private func fault(_ reason: String) -> JSONFault {
            JSONFault(reason: reason, offset: self.offset)
        }
    }
}
