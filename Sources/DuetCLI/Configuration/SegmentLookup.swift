import CRMInterface
import HTTPTransport
import HubSpotConnector
import SyncCore
import SyncRuntime
import SyncStore

/// Finds the segments that mappings name, and remembers them for a day.
struct SegmentLookup: Sendable {
    /// A segment as it was found last.
    struct Kept: Codable, Sendable {
        var at: Int64
        var segment: SegmentDescription
    }

    let store: any SyncStore
    let hubspot: HubSpotConnection
    let time: any TimeSource

    /// The segments by their mapping's name.
    ///
    /// One that is not there any more is the one that was found before: its object waits, and an issue says so.
    ///
    /// - Throws: `ConfigurationProblems` where HubSpot never had one of that name.
    func load(_ configuration: Configuration) async throws -> [String: SegmentDescription] {
        var segments: [String: SegmentDescription] = [:]
        var problems: [ConfigurationProblem] = []
        for mapping in configuration.mappings {
            if mapping.include.segment == nil { try await self.forget(mapping) }
            guard let wanted = mapping.include.segment else { continue }
            let kept = try await Self.kept(mapping, self.store)
            let now = self.time.wallMilliseconds
            if let kept, now - kept.at < Self.ageMax, kept.at <= now {
                segments[mapping.name] = kept.segment
                continue
            }
            let look = try await self.hubspot.segment(
                named: wanted.name,
                typeID: mapping.kind.typeID
            )
            if let found = look.found {
                let kept = Kept(at: now, segment: found)
                try await self.store.setValue(kept, for: Self.name(mapping))
                segments[mapping.name] = found
            } else if let kept {
                segments[mapping.name] = kept.segment
            } else {
                problems.append(
                    ConfigurationProblem(
                        wanted.place,
                        "HubSpot has no segment of \(mapping.kind.shown) named `\(wanted.name)`.",
                        suggestion: look.others.isEmpty
                            ? "Make it there first, or write conditions under `include: hubspot`."
                            : Suggestion.text(for: wanted.name, among: look.others)
                    )
                )
            }
        }
        guard problems.isEmpty else {
            throw ConfigurationProblems(path: configuration.path, problems: problems)
        }
        return segments
    }

    /// What was found last for a mapping that still names it.
    static func kept(
        _ mapping: Configuration.Mapping,
        _ store: any SyncStore
    ) async throws(SyncError) -> Kept? {
        guard let wanted = mapping.include.segment else { return nil }
        let kept: Kept? = try await store.value(Self.name(mapping))
        return kept?.segment.name == wanted.name ? kept : nil
    }

    /// Ends the issue that a segment is gone which the mapping no longer names.
    private func forget(_ mapping: Configuration.Mapping) async throws(SyncError) {
        guard try await self.store.text(Self.name(mapping)) != nil else { return }
        let told = Finding(code: .segmentGone, mapping: mapping.name)
        _ = try await self.store.commit(PageCommit(records: [RecordCommit(resolve: [told])]))
    }

    private static func name(_ mapping: Configuration.Mapping) -> String {
        "segment: \(mapping.name)"
    }

    /// A day, in milliseconds.
    private static let ageMax: Int64 = 86_400_000
}
