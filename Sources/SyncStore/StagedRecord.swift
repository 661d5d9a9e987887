package import SyncCore

/// A record read by a backfill that has no link yet.
package struct StagedRecord: Sendable, Hashable {
    package var mapping: String
    package var side: Side
    package var row: RecordRow
    /// Its match values in HubSpot's normal form, each prefixed by its match field's index.
    package var matchKeys: [String]

    package init(mapping: String, side: Side, row: RecordRow, matchKeys: [String]) {
        self.mapping = mapping
        self.side = side
        self.row = row
        self.matchKeys = matchKeys
    }
}
