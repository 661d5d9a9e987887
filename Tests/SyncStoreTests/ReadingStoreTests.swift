import Foundation
import SyncCore
import SyncStore
import Testing

@Suite struct ReadingStoreTests {
    @Test func `a store that another duet has open can be looked at, and not be written`()
        async throws
    {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("duet-read-\(ProcessInfo.processInfo.globallyUniqueString)")
            .path
        #expect(try SQLiteSyncStore.openForReading(path: path, now: { 0 }) == nil)
        let writer = try SQLiteSyncStore.open(path: path, now: { 0 })
        defer {
            writer.close()
            for end in ["", "-wal", "-shm", ".lock"] {
                try? FileManager.default.removeItem(atPath: path + end)
            }
        }
        try await writer.setText("one", for: "test")
        let reader = try #require(try SQLiteSyncStore.openForReading(path: path, now: { 0 }))
        #expect(try await reader.text("test") == "one")
        try await writer.setText("two", for: "test")
        #expect(try await reader.text("test") == "two")
        await #expect(throws: SyncError.self) { try await reader.setText("three", for: "test") }
        reader.close()
        #expect(try await writer.text("test") == "two")
    }
}
