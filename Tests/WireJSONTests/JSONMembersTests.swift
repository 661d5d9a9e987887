import Testing
import WireJSON

struct JSONMembersTests {
    private func parse(_ text: String) throws -> JSON {
        try JSON(parsing: Array(text.utf8))
    }

    private func texts(_ members: JSONMembers, _ count: Int) -> [String?] {
        var texts: [String?] = []
        members.forEachText(0..<count) { _, text in
            texts.append(text.map { String(decoding: $0, as: UTF8.self) })
        }
        return texts
    }

    @Test func `members are found by name, whatever their order and company`() throws {
        var members = JSONMembers(names: ["a", "bb", "c"])
        for text in [
            #"{"a":"1","bb":"2","c":"3"}"#, #"{"c":"3","x":"9","bb":"2","a":"1"}"#,
            #"{"x":{"a":"7"},"a":"1","y":[{"bb":0}],"bb":"2","c":"3","z":null}"#,
        ] {
            members.read(try self.parse(text))
            #expect(self.texts(members, 3) == ["1", "2", "3"], "\(text)")
        }
    }

    @Test func `nothing stays from the record before`() throws {
        var members = JSONMembers(names: ["a", "b"])
        members.read(try self.parse(#"{"a":"1","b":"2"}"#))
        members.read(try self.parse(#"{"b":null}"#))
        #expect(self.texts(members, 2) == [nil, nil])
        #expect(!members.has(0) && members.has(1))
        #expect(members[0] == nil && members[1]?.isNull == true)
        members.read(try self.parse("[1]"))
        #expect(!members.has(0) && !members.has(1))
    }

    @Test func `one member answers to each who asks for it, the first one counts`() throws {
        var members = JSONMembers(names: ["a", "b", "a"])
        members.read(try self.parse(#"{"a":"1","b":"2","a":"3"}"#))
        #expect(self.texts(members, 3) == ["1", "2", "1"])
    }

    @Test func `each kind has its text, containers have none`() throws {
        let names = ["string", "number", "yes", "no", "null", "list", "object", "escaped", "empty"]
        var members = JSONMembers(names: names)
        members.read(
            try self.parse(
                #"{"string":"x","number":-1.50e2,"yes":true,"no":false,"null":null,"list":[1],"#
                    + #""object":{"a":1},"escaped":"a\"\u00e9","empty":""}"#
            )
        )
        #expect(
            self.texts(members, names.count)
                == ["x", "-1.50e2", "true", "false", nil, nil, nil, "a\"\u{e9}", ""]
        )
        #expect(members.string(0) == "x" && members.string(4) == nil)
    }

    @Test func `names that begin alike are told apart`() throws {
        var members = JSONMembers(names: ["Name", "NameX", "Nam", "nAME", ""])
        members.read(try self.parse(#"{"NameX":"2","Nam":"3","nAME":"4","":"5","Name":"1"}"#))
        #expect(self.texts(members, 5) == ["1", "2", "3", "4", "5"])
    }

    /// Objects of one page in any order, with names that stand twice or are escaped, nested and empty ones.
    @Test func `one pass finds what a look-up of each name finds`() throws {
        let names = ["a", "b", "ab", "", "é", "id", "a"]
        let written = [
            #"a"#, #"\u0061"#, "b", "ab", #"a\u0062"#, "", "é", #"\u00e9"#, "id", "x", #"\""#,
        ]
        let values = [
            "1", "null", "true", #""t""#, #""\u0074""#, "{}", "[]", #"{"a":{"id":[{}]},"b":2}"#,
        ]
        var state: UInt64 = 11
        func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        var members = JSONMembers(names: names)
        for _ in 0..<3_000 {
            let parts = (0..<below(9)).map { _ in
                "\"\(written[below(written.count)])\": \(values[below(values.count)])"
            }
            let text = "{" + parts.joined(separator: ",") + "}"
            let json = try self.parse(text)
            members.read(json)
            for (place, name) in names.enumerated() {
                let (found, wanted) = (members[place], json[name])
                #expect(members.has(place) == (wanted != nil), "\(name) of \(text)")
                #expect(found?.kind == wanted?.kind && found?.bytes == wanted?.bytes, "\(text)")
                #expect(found?.count == wanted?.count && found?.boolean == wanted?.boolean)
            }
        }
    }

    @Test func `text goes out as it came in, escapes and all`() throws {
        let text = "plain \"quoted\" back\\slash\n\r\t\u{1}\u{1f} é 😀 end"
        var writer = JSONWriter()
        writer.object { object in
            object.member(text, text)
            object.member("", "")
            object.member("\"", "\\")
        }
        let json = try JSON(parsing: writer.bytes)
        #expect(json.members.map(\.name) == [text, "", "\""])
        #expect(json.members.map(\.value.string) == [text, "", "\\"])
    }
}
