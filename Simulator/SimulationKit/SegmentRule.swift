/// Who belongs to a segment, apart from how the mock reads filters.
package indirect enum SegmentRule: Sendable, Hashable {
    case all([SegmentRule])
    case any([SegmentRule])
    case known(String)
    case unknown(String)
    case equals(String, [String])
    case differs(String, [String])
    case contains(String, String)
    case begins(String, String)
    case ends(String, String)

    /// Whether a record with these values belongs; text is compared without regard to case.
    package func includes(_ values: [String: String]) -> Bool {
        func own(_ name: String) -> String? {
            values[name].flatMap { $0.isEmpty ? nil : $0.lowercased() }
        }
        switch self {
        case .all(let rules): return rules.allSatisfy { $0.includes(values) }
        case .any(let rules): return rules.contains { $0.includes(values) }
        case .known(let name): return own(name) != nil
        case .unknown(let name): return own(name) == nil
        case .equals(let name, let texts):
            return texts.contains { $0.lowercased() == own(name) }
        case .differs(let name, let texts):
            return !texts.contains { $0.lowercased() == own(name) }
        case .contains(let name, let text):
            return own(name)?.contains(text.lowercased()) ?? false
        case .begins(let name, let text):
            return own(name)?.hasPrefix(text.lowercased()) ?? false
        case .ends(let name, let text):
            return own(name)?.hasSuffix(text.lowercased()) ?? false
        }
    }

    /// The branch that the lists API takes (HubSpot: filters of lists).
    var json: String {
        switch self {
        case .all(let rules): Self.branch("AND", rules)
        case .any(let rules): Self.branch("OR", rules)
        case .known(let name): Self.condition(name, "IS_KNOWN", nil)
        case .unknown(let name): Self.condition(name, "IS_UNKNOWN", nil)
        case .equals(let name, let texts): Self.condition(name, "IS_EQUAL_TO", texts)
        case .differs(let name, let texts): Self.condition(name, "IS_NOT_EQUAL_TO", texts)
        case .contains(let name, let text): Self.condition(name, "CONTAINS", [text])
        case .begins(let name, let text): Self.condition(name, "STARTS_WITH", [text])
        case .ends(let name, let text): Self.condition(name, "ENDS_WITH", [text])
        }
    }

    private var isBranch: Bool {
        switch self {
        case .all, .any: true
        default: false
        }
    }

    private static func branch(_ type: String, _ rules: [SegmentRule]) -> String {
        let branches = rules.filter(\.isBranch).map(\.json).joined(separator: ",")
        let filters = rules.filter { !$0.isBranch }.map(\.json).joined(separator: ",")
        return
            #"{"filterBranchType":"\#(type)","filterBranches":[\#(branches)],"filters":[\#(filters)]}"#
    }

    private static func condition(_ name: String, _ operation: String, _ texts: [String]?) -> String
    {
        let values = texts.map { texts in
            #","values":["# + texts.map { "\"\($0)\"" }.joined(separator: ",") + "]"
        }
        let inner = #"{"operationType":"MULTISTRING","operator":"\#(operation)"\#(values ?? "")}"#
        return #"{"filterType":"PROPERTY","property":"\#(name)","operation":\#(inner)}"#
    }
}
