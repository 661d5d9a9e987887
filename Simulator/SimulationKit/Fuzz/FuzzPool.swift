import HTTPTransport
import WireJSON

/// What one run has learned from replies, so that its requests name what is there.
struct FuzzPool: Sendable {
    private static let kept = 60
    private static let learnedAtOnce = 8

    private var values: [String: [String]] = [:]
    private var learned = 0

    func known(_ placeholder: String) -> [String] { self.values[placeholder] ?? [] }

    mutating func learn(_ finds: [FuzzFind], from json: JSON, of url: String) {
        for find in finds where url.contains(find.part) {
            var found: [String] = []
            Self.collect(find.key, in: json, depth: 0, into: &found)
            for value in found { self.keep(value, as: find.placeholder) }
        }
    }

    private mutating func keep(_ value: String, as placeholder: String) {
        var known = self.values[placeholder] ?? []
        guard !value.isEmpty, !known.contains(value) else { return }
        if known.count < Self.kept {
            known.append(value)
        } else {
            known[self.learned % Self.kept] = value
        }
        self.learned += 1
        self.values[placeholder] = known
    }

    private static func collect(
        _ key: String,
        in json: JSON,
        depth: Int,
        into found: inout [String]
    ) {
        guard depth < 6, found.count < Self.learnedAtOnce else { return }
        for element in json.elements.prefix(Self.learnedAtOnce) {
            Self.collect(key, in: element, depth: depth + 1, into: &found)
        }
        for (name, value) in json.members {
            if name == key, let text = value.string ?? value.numberText {
                found.append(Self.local(text))
            } else {
                Self.collect(key, in: value, depth: depth + 1, into: &found)
            }
        }
    }

    /// An address without its host, since all requests go to the mock.
    private static func local(_ text: String) -> String {
        guard let host = text.firstRange(of: "://") else { return text }
        let rest = text[host.upperBound...]
        return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? text
    }
}
