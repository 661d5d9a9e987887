/// Why a snapshot cannot be loaded.
package enum SnapshotFailure: Error, Sendable, Hashable {
    case notASnapshot
    /// In a later format than this program knows, or an earlier one that it knows no more.
    case otherFormat(String)
    case damaged
    /// Whole, but made of other parts than this program's simulators are.
    case otherContent
}

extension SnapshotFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notASnapshot:
            "it is not a snapshot. Snapshots are what `serve --save FILE` writes."
        case .otherFormat(let format):
            "it has format \(format), and this version reads format \(Snapshot.format). "
                + "Load it with the version that saved it."
        case .damaged:
            "it is damaged or cut off. Load another copy, or save it again."
        case .otherContent:
            "it was saved by another version of duet-simulator. Load it with that version."
        }
    }
}
