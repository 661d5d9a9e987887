/// Writes JSON straight into bytes, in the order of the calls; commas are its own business.
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init(reserving count: Int = 256) {
        self.bytes.reserveCapacity(count)
    }

    package mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        self.open(UInt8(ascii: "{"))
        try body(&self)
        self.close(UInt8(ascii: "}"))
    }

    package mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        self.open(UInt8(ascii: "["))
        try body(&self)
        self.close(UInt8(ascii: "]"))
    }

    /// Writes a member's name; the next call writes its value.
    package mutating func name(_ name: String) {
        self.comma()
        self.quote(name)
        self.bytes.append(UInt8(ascii: ":"))
        self.needsComma = false
    }

    package mutating func string(_ text: String) {
        self.comma()
        self.quote(text)
        self.needsComma = true
    }

    /// Writes a string from UTF-8 bytes.
    package mutating func string(utf8 bytes: [UInt8]) {
        self.comma()
        bytes.withUnsafeBufferPointer { self.quote($0) }
        self.needsComma = true
    }

    package mutating func integer(_ number: some BinaryInteger) {
        self.raw(String(number))
    }

    package mutating func boolean(_ flag: Bool) {
        self.raw(flag ? "true" : "false")
    }

    package mutating func null() {
        self.raw("null")
    }

    /// Writes a parsed value again, compactly.
    package mutating func json(_ json: JSON) {
        switch json.kind {
        case .null: self.null()
        case .boolean: self.boolean(json.boolean ?? false)
        case .number: self.raw(json.numberText ?? "0")
        case .string: self.string(json.string ?? "")
        case .array: self.array { list in for item in json.elements { list.json(item) } }
        case .object:
            self.object { object in
                for (name, value) in json.members {
                    object.name(name)
                    object.json(value)
                }
            }
        }
    }

    /// Writes text that already is one JSON value, such as a decimal number.
    package mutating func raw(_ json: String) {
        self.comma()
        self.bytes.append(contentsOf: json.utf8)
        self.needsComma = true
    }

    /// Writes bytes that already are one JSON value.
    package mutating func raw(_ json: [UInt8]) {
        self.comma()
        self.bytes.append(contentsOf: json)
        self.needsComma = true
    }

    package mutating func member(_ name: String, _ text: String) {
        self.name(name)
        self.string(text)
    }

    package mutating func member(_ name: String, _ number: some BinaryInteger) {
        self.name(name)
        self.integer(number)
    }

    package mutating func member(_ name: String, _ flag: Bool) {
        self.name(name)
        self.boolean(flag)
    }

    private mutating func open(_ bracket: UInt8) {
        self.comma()
        self.bytes.append(bracket)
        self.needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        self.bytes.append(bracket)
        self.needsComma = true
    }

    private mutating func comma() {
        if self.needsComma { self.bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func quote(_ text: String) {
        var text = text
        text.withUTF8 { self.quote($0) }
    }

    /// Copies what needs no escape as it stands, from one escape to the next.
    private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
        self.bytes.append(UInt8(ascii: "\""))
        var start = 0
        for place in text.indices {
            let byte = text[place]
            guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
            self.bytes.append(contentsOf: text[start..<place])
            self.escape(byte)
            start = place + 1
        }
        self.bytes.append(contentsOf: text[start...])
        self.bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        self.bytes.append(0x5C)
        switch byte {
        case 0x22, 0x5C: self.bytes.append(byte)
        case 0x0A: self.bytes.append(UInt8(ascii: "n"))
        case 0x0D: self.bytes.append(UInt8(ascii: "r"))
        case 0x09: self.bytes.append(UInt8(ascii: "t"))
        default:
            self.bytes.append(contentsOf: "u00".utf8)
            self.bytes.append(Self.hexDigits[Int(byte >> 4)])
            self.bytes.append(Self.hexDigits[Int(byte & 15)])
        }
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)
}
