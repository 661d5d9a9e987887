import CRMInterface
package import HTTPTransport
package import SyncCore
package import SyncRuntime
package import SyncStore

/// A connection that is signed in and checked, ready to run.
package struct OpenPair: Sendable {
    package var pair: Pair
    package var store: SQLiteSyncStore
    package var accounts: [Side: StoredAccount]
    /// Wall milliseconds at the start, from which this command's calls are counted.
    package var startedAt: Int64
    package var transport: CurlTransport
    /// What a person should know before anything is done, a sentence each.
    package var notices: [String] = []
    /// What is worth a look in either CRM's settings; told by those commands that only look.
    package var advice: [String] = []

    package init(
        pair: Pair,
        store: SQLiteSyncStore,
        accounts: [Side: StoredAccount],
        startedAt: Int64,
        transport: CurlTransport,
        notices: [String] = [],
        advice: [String] = []
    ) {
        self.pair = pair
        self.store = store
        self.accounts = accounts
        self.startedAt = startedAt
        self.transport = transport
        self.notices = notices
        self.advice = advice
    }

    package var urls: RecordURL {
        RecordURL(
            hubspot: self.accounts[.hubspot].map { (base: $0.recordBaseURL, portal: $0.id) },
            salesforce: self.accounts[.salesforce]?.recordBaseURL,
            types: Dictionary(
                self.pair.mappings.map { ($0.name, $0.kind?.typeID ?? $0.hubspot.name) }
            ) { one, _ in one }
        )
    }
}
