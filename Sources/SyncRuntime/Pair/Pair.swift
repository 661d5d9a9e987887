package import CRMInterface
package import HTTPTransport
package import SyncCore
package import SyncStore

/// One portal and one org with everything that keeps them in step.
package struct Pair: Sendable {
    package var name: String
    package var mappings: [ObjectMapping]
    /// API names that each Salesforce object demands on create, by object.
    package var required: [String: [String]]
    package var connections: [Side: any CRMConnection]
    package var store: any SyncStore
    package var time: any TimeSource
    package var settings: RuntimeSettings
    package var progress: @Sendable (ProgressEvent) -> Void

    package init(
        name: String,
        mappings: [ObjectMapping],
        required: [String: [String]],
        connections: [Side: any CRMConnection],
        store: any SyncStore,
        time: any TimeSource,
        settings: RuntimeSettings,
        progress: @escaping @Sendable (ProgressEvent) -> Void = { _ in }
    ) {
        self.name = name
        self.mappings = mappings
        self.required = required
        self.connections = connections
        self.store = store
        self.time = time
        self.settings = settings
        self.progress = progress
    }
}
