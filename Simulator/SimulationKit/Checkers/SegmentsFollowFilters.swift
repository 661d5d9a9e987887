import SyncCore

/// The members of a HubSpot segment are those whom its filter includes at that moment, and who stays
/// a member keeps the time of joining: a promise of the mock, asked with a rule of our own.
package struct SegmentsFollowFilters: Checker {
    package static let name = "segmentsFollowFilters"

    package func violations(in evidence: Evidence) -> [String] {
        Self.problems(evidence.segments)
    }

    /// What a rule of our own refutes of what HubSpot showed.
    package static func problems(_ samples: [SegmentSample]) -> [String] {
        var before: [String: SegmentSample] = [:]
        return samples.flatMap { sample -> [String] in
            let wanted = Set(sample.records.filter { sample.rule.includes($0.value) }.keys)
            let found = Set(sample.members.keys)
            let wrong = wanted.symmetricDifference(found).sorted().map { id in
                "segment \(sample.list) \(found.contains(id) ? "holds" : "lacks") \(id) at \(sample.at)"
            }
            let stayed = (before[sample.list]?.members ?? [:]).filter { id, joined in
                sample.members[id].map { $0 != joined } ?? false
            }
            before[sample.list] = sample
            return wrong
                + stayed.keys.sorted().map { id in
                    "\(id) never left segment \(sample.list) and joined it again at \(sample.at)"
                }
        }
    }
}
