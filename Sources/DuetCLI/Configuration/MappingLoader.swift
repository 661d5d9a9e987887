package import CRMInterface
package import HTTPTransport
import HubSpotConnector
package import SyncCore
import SyncRuntime
package import SyncStore

/// Compiles a file's mappings against what the two accounts say of their objects.
package struct MappingLoader: Sendable {
    /// What the engine runs, and what a person should know of it.
    package struct Loaded: Sendable {
        package var mappings: [ObjectMapping]
        package var required: [String: [String]]
        package var notices: [String]
    }

    private let store: any SyncStore
    private let connections: [Side: any CRMConnection]
    private let time: any TimeSource

    package init(
        store: any SyncStore,
        connections: [Side: any CRMConnection],
        time: any TimeSource
    ) {
        self.store = store
        self.connections = connections
        self.time = time
    }

    /// The mappings as the engine runs them, with the fields that each Salesforce object demands of new records.
    ///
    /// What the accounts said is kept for a day. Somebody who has just added the field that was missing does not wait so
    /// long: where something kept does not do, both are asked again.
    ///
    /// - Throws: `ConfigurationProblems` for what does not fit the accounts, `SyncError` where they do not answer.
    package func load(
        _ configuration: Configuration
    ) async throws -> Loaded {
        let hasKept = try await self.store.text(SchemaCache.name(of: .hubspot)) != nil
        do {
            return try await self.load(configuration, asksAnew: false)
        } catch let problems as ConfigurationProblems {
            guard hasKept else { throw problems }
            return try await self.load(configuration, asksAnew: true)
        }
    }

    private func load(
        _ configuration: Configuration,
        asksAnew: Bool
    ) async throws -> Loaded {
        let schema = SchemaCache(
            store: self.store,
            connections: self.connections,
            time: self.time,
            asksAnew: asksAnew
        )
        let custom = try await schema.customObjects(
            answering: CustomObjectNames.wanted(by: configuration)
        )
        let resolved = try CustomObjectNames.resolved(configuration, custom)
        let described = try await schema.load(
            hubspot: Array(Set(resolved.mappings.map(\.hubspot))).sorted(),
            salesforce: Set(
                resolved.mappings.flatMap(\.salesforce) + MappingCompiler.junctions(resolved)
            ).sorted()
        )
        let mappings = try MappingCompiler.compile(
            resolved,
            hubspot: described.hubspot,
            salesforce: described.salesforce,
            segments: try await self.segments(resolved),
            ties: try await schema.tieKinds(MappingCompiler.tied(resolved)),
            pipelines: try await self.pipelines(resolved, asksAnew)
        )
        return Loaded(
            mappings: mappings,
            required: MappingCompiler.required(described.salesforce),
            notices: CurrencyNotices.texts(resolved, salesforce: described.salesforce)
                + ChoiceNotices.texts(
                    resolved,
                    hubspot: described.hubspot,
                    salesforce: described.salesforce
                )
        )
    }

    private func pipelines(
        _ configuration: Configuration,
        _ asksAnew: Bool
    ) async throws -> [String: [PipelineDescription]] {
        guard let hubspot = self.connections[.hubspot] as? HubSpotConnection else { return [:] }
        return try await PipelineLookup(store: self.store, hubspot: hubspot, time: self.time)
            .load(MappingCompiler.pipelined(configuration), asksAnew: asksAnew)
    }

    private func segments(
        _ configuration: Configuration
    ) async throws -> [String: SegmentDescription] {
        guard let hubspot = self.connections[.hubspot] as? HubSpotConnection else { return [:] }
        return try await SegmentLookup(store: self.store, hubspot: hubspot, time: self.time)
            .load(configuration)
    }
}
