import Foundation
import SyncCore

/// Files that only the user who runs Duet may read.
enum PrivateFile {
    /// Replaces the file as a whole; it is on the disk when this returns.
    ///
    /// - Throws: what names the path, never the content.
    static func write(_ text: String, to given: String) throws(SyncError) {
        // Where a link stands, what it leads to is replaced, and not the link.
        let isThere = FileManager.default.fileExists(atPath: given)
        let path = isThere ? URL(fileURLWithPath: given).resolvingSymlinksInPath().path : given
        let folder = Self.folder(of: path)
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Self.unwritable(path)
        }
        let name = (path as NSString).lastPathComponent
        let draft = "\(folder)/.\(name).\(getpid())"
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Self.unwritable(path) }
        let isWritten = Self.write(Array(text.utf8), to: file) && fsync(file) == 0
        close(file)
        guard isWritten, rename(draft, path) == 0 else {
            unlink(draft)
            throw Self.unwritable(path)
        }
        let place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard place >= 0 else { return }
        fsync(place)
        close(place)
    }

    /// Where a file is: here, for a name alone.
    static func folder(of path: String) -> String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The text as it is; `nil` where there is no such file.
    static func whole(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The text without surrounding white space; `nil` where there is no such file.
    static func read(_ path: String) -> String? {
        Self.whole(path)?.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func unwritable(_ path: String) -> SyncError {
        SyncError(
            code: .configuration,
            cause: "\(path) cannot be written.",
            nextStep: "Make its folder writable for the user that runs duet, with room on the disk."
        )
    }
}
