package import SyncCore

/// One page of a scan; without `next` the reply said that the scan has ended.
package struct ScanPage: Sendable {
    package var object: String
    package var page: RecordPage
    /// The records of the scan's other mappings, in their order.
    package var others: [RecordPage] = []
    /// The stamps of all that was read, where the mapping keeps a part of it.
    package var stamps: [ServerTime]?
    package var next: FeedScan.Continuation?

    package init(object: String, page: RecordPage, next: FeedScan.Continuation?) {
        self.object = object
        self.page = page
        self.next = next
    }
}
