import CSimdJSON

/// The members of objects that are all asked for by the same names, found in one pass.
///
/// Records of a page have their members in the same order: each is looked for where the last record
/// had it, and only elsewhere where it is not there.
package struct JSONMembers: Sendable {
    /// Each name once, one after another, and where each ends.
    private let text: [UInt8]
    private let ends: [Int]
    /// Where each name of the caller is among them: one may be asked for in two ways.
    private let places: [Int]
    /// Which name the member of each place had in the last object; -1 where none of them.
    private var order: [Int] = []
    /// The node of each name's member in the object at hand; -1 where there is none.
    private var nodes: [Int]
    private var document: JSONDocument?

    package init(names: [String]) {
        var known: [String: Int] = [:]
        var text: [UInt8] = []
        var ends: [Int] = []
        self.places = names.map { name in
            if let place = known[name] { return place }
            known[name] = ends.count
            text += Array(name.utf8)
            ends.append(text.count)
            return ends.count - 1
        }
        self.text = text
        self.ends = ends
        self.nodes = Array(repeating: -1, count: ends.count)
    }

    /// Finds the members of an object; anything else has none.
    package mutating func read(_ object: JSON) {
        let document = object.document
        self.document = document
        for name in self.nodes.indices { self.nodes[name] = -1 }
        guard object.kind == .object else { return }
        let whole = document.node(object.index)
        var node = object.index + 1
        var place = 0
        while place < Int(whole.count) {
            let member = document.node(node)
            let name = document.withText(member.name_offset, member.name_length) { text in
                self.name(text, at: place)
            }
            // The first one counts where a name stands twice.
            if name >= 0, self.nodes[name] < 0 { self.nodes[name] = node }
            node = Int(member.after)
            place += 1
        }
    }

    /// The member of a name, by its place among the names.
    package subscript(name: Int) -> JSON? {
        let node = self.node(name)
        guard let document = self.document, node >= 0 else { return nil }
        return JSON(document: document, index: node)
    }

    /// Whether the object has a member of that name, be it `null`.
    package func has(_ name: Int) -> Bool { self.node(name) >= 0 }

    /// The text of a string, or a number as it was written; `nil` for anything else.
    package func string(_ name: Int) -> String? {
        let place = self.node(name)
        guard let document = self.document, place >= 0 else { return nil }
        let node = document.node(place)
        guard Int(node.kind) == duet_json_string || Int(node.kind) == duet_json_number else {
            return nil
        }
        return document.withText(node.offset, node.length) {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// Lends the members of some names in turn: the text of a string, a number as it was written,
    /// `true` or `false`; `nil` for what is `null`, a container or not there.
    package func forEachText(
        _ names: Range<Int>,
        _ body: (_ name: Int, _ text: UnsafeBufferPointer<UInt8>?) -> Void
    ) {
        guard let document = self.document else { return names.forEach { body($0, nil) } }
        for name in names {
            let place = self.node(name)
            guard place >= 0 else {
                body(name, nil)
                continue
            }
            let node = document.node(place)
            switch Int(node.kind) {
            case duet_json_string, duet_json_number:
                document.withText(node.offset, node.length) { body(name, $0) }
            case duet_json_true: Self.yes.withUTF8Buffer { body(name, $0) }
            case duet_json_false: Self.no.withUTF8Buffer { body(name, $0) }
            default: body(name, nil)
            }
        }
    }

    private static let yes: StaticString = "true"
    private static let no: StaticString = "false"

    private func node(_ name: Int) -> Int { self.nodes[self.places[name]] }

    /// Which name a member has that stands at this place among its record's members.
    private mutating func name(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
        if place < self.order.count {
            let known = self.order[place]
            if known >= 0, self.isName(known, text) { return known }
        } else {
            self.order.append(-1)
        }
        let found = self.ends.indices.first { self.isName($0, text) } ?? -1
        self.order[place] = found
        return found
    }

    private func isName(_ name: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = name == 0 ? 0 : self.ends[name - 1]
        guard text.count == self.ends[name] - start else { return false }
        return text.indices.allSatisfy { text[$0] == self.text[start + $0] }
    }
}
