import Foundation
import SyncCore
import SyncStore

/// A folder of its own for one test's store; gone with the value.
final class StoreFolder {
    private let folder: URL
    var path: String { self.folder.appendingPathComponent("duet.sqlite").path }

    init() throws {
        self.folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("duet-store-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: self.folder,
            withIntermediateDirectories: true
        )
    }

    deinit {
        try? FileManager.default.removeItem(at: self.folder)
    }

    func open(now: Int64 = 1_000) throws(SyncError) -> SQLiteSyncStore {
        try SQLiteSyncStore.open(path: self.path) { now }
    }

    /// The names of the files that exist.
    func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: self.folder.path).sorted()
    }

    /// The permission bits of a file of that name.
    func mode(_ name: String) throws -> Int {
        let path = self.folder.appendingPathComponent(name).path
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }

    func write(_ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: self.path))
    }

    /// The bytes of a file of that name.
    func bytes(of name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: self.folder.appendingPathComponent(name)))
    }

    func bytes() throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: self.path)))
    }
}
