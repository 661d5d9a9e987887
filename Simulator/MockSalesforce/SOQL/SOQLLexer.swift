/// Splits a statement into tokens.
struct SOQLLexer {
    /// Text of one string in a WHERE clause may hold 4,000 characters.
    static let stringMax = 4000

    private let bytes: [UInt8]
    private var place = 0
    private var tokens: [SOQLToken] = []

    init(_ statement: [UInt8]) {
        self.bytes = statement
    }

    static func tokens(_ statement: [UInt8]) throws(RequestFailure) -> [SOQLToken] {
        var lexer = SOQLLexer(statement)
        while let byte = lexer.skipBlanks() { try lexer.token(byte) }
        lexer.tokens.append(SOQLToken(kind: .end, offset: lexer.bytes.count))
        return lexer.tokens
    }

    private mutating func skipBlanks() -> UInt8? {
        while self.place < self.bytes.count {
            let byte = self.bytes[self.place]
            if byte > 0x20 { return byte }
            self.place += 1
        }
        return nil
    }

    private mutating func token(_ byte: UInt8) throws(RequestFailure) {
        let start = self.place
        switch byte {
        case UInt8(ascii: "'"):
            self.tokens.append(SOQLToken(kind: .string(try self.string()), offset: start))
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "="):
            self.place += 1
            self.addSymbol(from: start)
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "!"):
            self.place += 1
            if self.place < self.bytes.count,
                [UInt8(ascii: "="), UInt8(ascii: ">")].contains(self.bytes[self.place])
            {
                self.place += 1
            }
            self.addSymbol(from: start)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"):
            let text = self.run { Self.isNumberPart($0) }
            self.tokens.append(SOQLToken(kind: .number(text), offset: start))
        default:
            guard Self.isNamePart(byte) else {
                throw self.malformed(
                    "unexpected char: '\(Character(Unicode.Scalar(byte)))'",
                    at: start
                )
            }
            let text = self.run { Self.isNamePart($0) }
            self.tokens.append(SOQLToken(kind: .word(text), offset: start))
        }
    }

    private mutating func addSymbol(from start: Int) {
        let text = String(decoding: self.bytes[start..<self.place], as: UTF8.self)
        self.tokens.append(SOQLToken(kind: .symbol(text), offset: start))
    }

    private mutating func run(while isPart: (UInt8) -> Bool) -> String {
        let start = self.place
        self.place += 1
        while self.place < self.bytes.count, isPart(self.bytes[self.place]) { self.place += 1 }
        return String(decoding: self.bytes[start..<self.place], as: UTF8.self)
    }

    private mutating func string() throws(RequestFailure) -> String {
        let start = self.place
        self.place += 1
        var text: [UInt8] = []
        while self.place < self.bytes.count {
            let byte = self.bytes[self.place]
            self.place += 1
            if byte == UInt8(ascii: "'") {
                let string = String(decoding: text, as: UTF8.self)
                guard text.count <= Self.stringMax || string.utf16.count <= Self.stringMax else {
                    throw self.malformed("string literal is longer than 4000 characters", at: start)
                }
                return string
            }
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            text.append(contentsOf: try self.escape())
        }
        throw self.malformed("expecting a single quote, found '<EOF>'", at: start)
    }

    private mutating func escape() throws(RequestFailure) -> [UInt8] {
        let start = self.place - 1
        guard self.place < self.bytes.count else {
            throw self.malformed("unexpected end of string", at: start)
        }
        let byte = self.bytes[self.place]
        self.place += 1
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "\\"): return [byte]
        case UInt8(ascii: "n"), UInt8(ascii: "N"): return [0x0A]
        case UInt8(ascii: "r"), UInt8(ascii: "R"): return [0x0D]
        case UInt8(ascii: "t"), UInt8(ascii: "T"): return [0x09]
        case UInt8(ascii: "b"), UInt8(ascii: "B"): return [0x08]
        case UInt8(ascii: "f"), UInt8(ascii: "F"): return [0x0C]
        // Kept escaped: only LIKE reads them.
        case UInt8(ascii: "%"), UInt8(ascii: "_"): return [UInt8(ascii: "\\"), byte]
        case UInt8(ascii: "u"):
            let end = min(self.place + 4, self.bytes.count)
            let digits = String(decoding: self.bytes[self.place..<end], as: UTF8.self)
            guard digits.utf8.count == 4, let code = UInt32(digits, radix: 16),
                let scalar = Unicode.Scalar(code)
            else { throw self.malformed("invalid unicode escape", at: start) }
            self.place = end
            return Array(String(Character(scalar)).utf8)
        default:
            throw self.malformed(
                "Invalid string literal '\\\(Character(Unicode.Scalar(byte)))'. Illegal character "
                    + "sequence '\\\(Character(Unicode.Scalar(byte)))' in string literal.",
                at: start
            )
        }
    }

    private func malformed(_ message: String, at offset: Int) -> RequestFailure {
        SOQLError.malformed(message, self.bytes, at: offset)
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: ":"):
            true
        default: false
        }
    }

    private static func isNumberPart(_ byte: UInt8) -> Bool {
        self.isNamePart(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
    }
}
