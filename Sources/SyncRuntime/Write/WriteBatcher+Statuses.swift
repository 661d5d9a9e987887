import CRMInterface
import HTTPTransport
import SyncCore
import SyncStore

/// What records tell of themselves.
extension WriteBatcher {
    /// What a new record, one that gets its key and one that is told anew say of themselves.
    func statusFields(of entry: OutboxEntry, _ mapping: ObjectMapping) -> [RecordWrite.Field] {
        guard let names = mapping.status?.names(on: entry.target),
            entry.writesKey || entry.kind == .create
        else { return [] }
        let status = entry.status ?? .inSync
        let page = self.pages?.url(
            of: entry.sourceID,
            on: entry.target.other,
            mapping: mapping.name
        )
        return [(names.status, status.text), (names.page, page)].compactMap { name, value in
            guard let name, let value else { return nil }
            return RecordWrite.Field(name: name, type: .text, value: FieldValue(normal: value))
        }
    }

    /// Looks up where people find records, once, where any is to name its counterpart's page.
    func findPages() async throws(SyncError) {
        let mappings = self.syncers.values.map(\.mapping)
        let isAsked = mappings.contains { $0.status?.names(on: self.connection.side).page != nil }
        guard self.pages == nil, isAsked else { return }
        let accounts = try await self.store.accounts()
        let types = mappings.compactMap { mapping in
            mapping.kind.map { (mapping.name, $0.typeID) }
        }
        self.pages = RecordURL(
            hubspot: accounts[.hubspot].map { (base: $0.recordBaseURL, portal: $0.id) },
            salesforce: accounts[.salesforce]?.recordBaseURL,
            types: Dictionary(types) { first, _ in first }
        )
    }
}
