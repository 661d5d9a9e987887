import GRDB
import SyncCore

/// Turns SQLite's errors into sentences; the file is left as the last transaction made it.
enum StoreFailure {
    static func syncError(_ error: any Error) -> SyncError {
        if let error = error as? SyncError { return error }
        guard let error = error as? DatabaseError else {
            return SyncError(
                code: .internal,
                cause: "The store failed in an unexpected way.",
                nextStep: "Start again; if it stays, keep the file and report it."
            )
        }
        switch error.resultCode {
        case .SQLITE_FULL:
            return SyncError(
                code: .storeFull,
                cause: "The disk is full; the store kept what it had.",
                nextStep: "Make room and start again: it goes on where it was."
            )
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return SyncError(
                code: .storeDamaged,
                cause: "The store's file is damaged or is not a duet store.",
                nextStep: "Restore it from a backup, or name another file under `store`."
            )
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
            return SyncError(
                code: .configuration,
                cause: "The store's file cannot be opened for writing.",
                nextStep: "Check its owner and mode, or name another file under `store`."
            )
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return SyncError(
                code: .storeBusy,
                cause: "Something else holds the store's file.",
                nextStep: "Stop it or wait until it has ended."
            )
        default:
            return SyncError(
                code: .storeDamaged,
                cause: "The store failed: SQLite error \(error.extendedResultCode.rawValue).",
                nextStep: "Check the disk and start again."
            )
        }
    }
}
