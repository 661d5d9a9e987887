package import SyncCore

/// One page of a scan; without `next` the reply said that the scan has ended.
package struct ScanPage: Sendable {
    package var object: String
    package var page: RecordPage
    package var next: FeedScan.Continuation?

    package init(object: String, page: RecordPage, next: FeedScan.Continuation?) {
        self.object = object
        self.page = page
        self.next = next
    }
}
