import CRMInterface
import HTTPTransport
import HubSpotConnector
import SyncCore
import SyncRuntime
import SyncStore

/// Asks HubSpot for the pipelines by which stages are told apart, and remembers them for a day.
struct PipelineLookup: Sendable {
    private struct Kept: Codable, Sendable {
        var at: Int64
        var pipelines: [PipelineDescription]
    }

    let store: any SyncStore
    let hubspot: HubSpotConnection
    let time: any TimeSource

    /// The pipelines of these objects: a call for each that was not asked for today.
    func load(
        _ objects: [String],
        asksAnew: Bool
    ) async throws(SyncError) -> [String: [PipelineDescription]] {
        var found: [String: [PipelineDescription]] = [:]
        for object in objects {
            let name = "pipelines: \(object)"
            let now = self.time.wallMilliseconds
            let kept: Kept? = try await self.store.value(name)
            if let kept, !asksAnew, now - kept.at < Self.ageMax, kept.at <= now {
                found[object] = kept.pipelines
                continue
            }
            let pipelines = try await self.hubspot.pipelines(of: object)
            try await self.store.setValue(Kept(at: now, pipelines: pipelines), for: name)
            found[object] = pipelines
        }
        return found
    }

    /// A day, in milliseconds.
    private static let ageMax: Int64 = 86_400_000
}
