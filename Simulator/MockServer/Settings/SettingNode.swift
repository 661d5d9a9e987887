import WireJSON

/// A setting, or a group of them, in the form in which people read and write it.
///
/// It is what Swift's `Codable` makes of the type, with two shorter forms: a case without values is
/// its name, and the one unnamed value of a case stands for itself.
indirect enum SettingNode: Sendable, Hashable {
    /// What the names in a group are.
    enum Grouping: Sendable, Hashable {
        /// The properties of a type; no others are known.
        case properties
        /// Data, such as the names of objects.
        case pairs
        /// The one case of several that is meant, with what it holds.
        case choice
        /// As somebody sent it.
        case sent
    }

    struct Member: Sendable, Hashable {
        var name: String
        var value: SettingNode
        /// Neither shown nor set.
        var isHidden = false
    }

    case null
    case flag(Bool)
    /// As it is written, so that no digit is lost.
    case number(String)
    case text(String)
    case list([SettingNode])
    case group(Grouping, [Member])

    init(_ json: JSON) {
        switch json.kind {
        case .null: self = .null
        case .boolean: self = .flag(json.boolean ?? false)
        case .number: self = .number(json.numberText ?? "0")
        case .string: self = .text(json.string ?? "")
        case .array: self = .list(json.elements.map { SettingNode($0) })
        case .object:
            self = .group(
                .sent,
                json.members.map { Member(name: $0.name, value: SettingNode($0.value)) }
            )
        }
    }

    /// The members that people see; none for what is no group.
    var members: [Member] {
        guard case .group(_, let members) = self else { return [] }
        return members.filter { !$0.isHidden }
    }

    subscript(_ name: String) -> SettingNode? {
        self.members.first { $0.name == name }?.value
    }

    func write(into writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .flag(let flag): writer.boolean(flag)
        case .number(let text): writer.raw(text)
        case .text(let text): writer.string(text)
        case .list(let elements):
            writer.array { list in for element in elements { element.write(into: &list) } }
        case .group:
            writer.object { object in
                for member in self.members {
                    object.name(member.name)
                    member.value.write(into: &object)
                }
            }
        }
    }
}
