import SyncCore

/// What no mapping names is people's and other apps': no version of such a record has the engine's
/// user as its author, records, their ties and their owners are as their own book says, and whoever
/// works with them is answered.
package struct UnmappedStaysUntouched: Checker {
    package static let name = "unmappedStaysUntouched"

    package func violations(in evidence: Evidence) -> [String] {
        Self.problems(evidence.unmapped)
    }

    /// What the book, and the rule that the engine writes nothing there, refute of the CRMs.
    package static func problems(_ world: UnmappedWorld) -> [String] {
        let written = world.written.map {
            "the engine wrote to \($0.object) \($0.record) of \($0.side) at \($0.at)"
        }
        let found = Dictionary(world.found.map { (self.key($0), $0) }) { first, _ in first }
        let expected = Set(world.expected.map { self.key($0) })
        let others = world.found.filter { !expected.contains(self.key($0)) }.map {
            "nobody made \(self.key($0))"
        }
        let unserved = world.unserved.map { "another app was not answered: \($0)" }
        return written + others + unserved
            + world.expected.flatMap { record -> [String] in
                guard let there = found[self.key(record)] else {
                    return ["\(self.key(record)) is gone, nobody deleted it"]
                }
                return self.differences(record, there)
            }
    }

    private static func differences(
        _ record: UnmappedRecord,
        _ there: UnmappedRecord
    ) -> [String] {
        let names = Set(record.values.keys).union(there.values.keys).sorted()
        let values = names.filter { record.values[$0] != there.values[$0] }.map { name in
            "\(self.key(record)): \(name) is \(there.values[name] ?? "nothing"), "
                + "last it was made \(record.values[name] ?? "nothing")"
        }
        guard record.ties != there.ties else { return values }
        return values + [
            "\(self.key(record)) is tied to \(there.ties), last it was made \(record.ties)"
        ]
    }

    private static func key(_ record: UnmappedRecord) -> String {
        "\(record.side) \(record.object) \(record.id)"
    }
}
