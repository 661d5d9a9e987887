import Testing
import WireJSON

struct JSONTests {
    private func parse(_ text: String) throws -> JSON {
        try JSON(parsing: Array(text.utf8))
    }

    @Test func `values of every kind are read`() throws {
        let json = try self.parse(
            #"{"a":"x\n\u00e9","b":[1,2.50,-3e2],"c":{"d":null,"e":true},"f":false,"g":"12"}"#
        )
        #expect(json.kind == .object)
        #expect(json.count == 5)
        #expect(json["a"]?.string == "x\n\u{e9}")
        #expect(json["b"]?.elements.map(\.numberText) == ["1", "2.50", "-3e2"])
        #expect(json["b"]?[1]?.double == 2.5)
        #expect(json["c"]?["d"]?.isNull == true)
        #expect(json["c"]?["e"]?.boolean == true)
        #expect(json["f"]?.boolean == false)
        #expect(json["g"]?.integer == 12)
        #expect(json["nope"] == nil)
        #expect(json.members.map(\.name) == ["a", "b", "c", "f", "g"])
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `a body that is nested too deeply is refused, a deep one is read`(open: String) throws {
        let close = open == "[" ? "]" : "}"
        func nested(_ levels: Int) -> String {
            String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
        }
        #expect(try self.parse(nested(900)).count == 1)
        for levels in [1_001, 1_100, 20_000] {
            #expect(throws: (any Error).self) { try self.parse(nested(levels)) }
        }
    }

    @Test func `empty containers and scalar documents are read`() throws {
        #expect(try self.parse("[]").elements.isEmpty)
        #expect(try self.parse("{}").members.isEmpty)
        #expect(try self.parse("[{},[],1]").elements.map(\.kind) == [.object, .array, .number])
        #expect(try self.parse("\"x\"").string == "x")
        #expect(try self.parse(" 17 ").integer == 17)
        #expect(try self.parse("null").isNull)
        #expect(try self.parse("true").boolean == true)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\"}", "nul", "[1] 2", "\"abc", "{\"a\":01}",
        "<html>", "{\"a\":nulx}", "[nope]", "nulx", "\u{1}", "{\"a\":<html>}", "tru", "[tru]",
    ])
    func `a body that is not JSON is refused`(text: String) {
        #expect(throws: JSONError.self) { try self.parse(text) }
    }

    @Test func `texts with and without escapes are read, wherever white space stands`() throws {
        let json = try self.parse(
            "{ \"pl\u{e4}in\" :\t\"\u{1F600} as it is\" \n, \"esc\\\"aped\\u00e9\" : \"a\\\\\" , \"\":\"\" ,"
                + "\"quote\\\"\":[ \"x\" , \"\\ud83d\\ude00\" ] }"
        )
        #expect(json.members.map(\.name) == ["pl\u{e4}in", "esc\"aped\u{e9}", "", "quote\""])
        #expect(json["pl\u{e4}in"]?.string == "\u{1F600} as it is")
        #expect(json["esc\"aped\u{e9}"]?.string == "a\\")
        #expect(json[""]?.bytes == [])
        #expect(json["quote\""]?.elements.map(\.string) == ["x", "\u{1F600}"])
        #expect(try self.parse(" \"a\\tb\" ").string == "a\tb")
    }

    /// The parser looks past the end of a page: spare room there is used, its absence costs a copy.
    @Test func `a page with spare room reads like one without`() throws {
        let page = Array(#"{"a":"one","b":["two\n",3]}"#.utf8)
        for spare in [0, 1, 63, 64, 65, 4_096] {
            var bytes = page
            bytes.reserveCapacity(page.count + spare)
            let json = try JSON(parsing: bytes)
            bytes = []
            #expect(json["a"]?.string == "one", "\(spare) bytes of spare room")
            #expect(json["b"]?.elements.map(\.bytes) == [Array("two\n".utf8), Array("3".utf8)])
        }
    }

    @Test func `broken UTF-8, bare control characters and wrong escapes are refused`() {
        let texts: [[UInt8]] = [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0x0A, 0x22],
            Array(#"{"a\x":1}"#.utf8), Array(#"["\u12"]"#.utf8),
            [0x7B, 0x22, 0x09, 0x22, 0x3A, 0x31, 0x7D],
        ]
        for text in texts {
            #expect(throws: JSONError.self) { try JSON(parsing: text) }
        }
    }

    @Test func `every truncation of a page is refused`() throws {
        let page = Array(#"{"results":[{"id":"1","properties":{"a":"é\"x"}}],"n":1}"#.utf8)
        for length in 0..<page.count {
            #expect(throws: JSONError.self) { try JSON(parsing: Array(page[..<length])) }
        }
    }

    @Test func `what is written is read back`() throws {
        var writer = JSONWriter()
        writer.object { object in
            object.member("quote\"", "tab\t \u{1} \\ é")
            object.name("list")
            object.array { list in
                list.integer(-5)
                list.null()
                list.boolean(true)
                list.raw("1.5")
                list.object { _ in }
            }
            object.member("n", 3)
        }
        let json = try JSON(parsing: writer.bytes)
        #expect(json["quote\""]?.string == "tab\t \u{1} \\ é")
        #expect(json["list"]?.elements.map(\.kind) == [.number, .null, .boolean, .number, .object])
        #expect(json["n"]?.integer == 3)
    }
}
