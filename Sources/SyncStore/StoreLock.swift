import Foundation
import SyncCore

/// Makes sure that one process owns the store's file; gone with the process that held it.
///
/// SQLite before 3.51.3 can lose data when two connections of different processes write and
/// checkpoint one file in WAL mode, so a second process is refused.
final class StoreLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock beside the file.
    init(path: String) throws(SyncError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw SyncError(
                code: .configuration,
                cause: "The store's folder cannot be written.",
                nextStep: "Create it, or name another file under `store`."
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.holder(descriptor)
            close(descriptor)
            throw SyncError(
                code: .storeBusy,
                cause: "Another duet\(holder) is using this store.",
                nextStep: "Stop it or wait until it has ended."
            )
        }
        let pid = "\(getpid())\n"
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, pid, pid.utf8.count, 0)
        self.descriptor = descriptor
    }

    func unlock() {
        close(self.descriptor)
    }

    private static func holder(_ descriptor: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return "" }
        let text = String(decoding: buffer.prefix(count), as: UTF8.self)
        let pid = text.prefix { $0.isNumber }
        return pid.isEmpty ? "" : " (process \(pid))"
    }
}
