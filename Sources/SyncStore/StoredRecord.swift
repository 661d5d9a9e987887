package import SyncCore

/// What the store knows of a row's record, compared with the row.
package enum StoredRecord: Sendable {
    /// Neither a link nor an open entry.
    case unknown
    /// An active link with both bases and without open entries, whose base is what the row shows.
    ///
    /// The row is of a live record that nothing was merged into and, if it is newer, has its key.
    ///
    /// Nothing of such a record is read but what the comparison needs: that is most rows of most polls.
    case inStep(stamp: ServerTime?)
    case known(LoadedRecord)

    package var record: LoadedRecord? {
        switch self {
        case .unknown, .inStep: nil
        case .known(let record): record
        }
    }
}
