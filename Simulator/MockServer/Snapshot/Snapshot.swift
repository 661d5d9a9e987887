import Foundation
package import HTTPTransport
package import SimulationKit

/// Both CRMs in a file as they are at one moment: records with their history, schemas, settings,
/// tokens, cursors, jobs, journals and counters.
///
/// The file is written and read in pieces. The first line tells its format; blocks with checksums
/// follow.
package enum Snapshot {
    /// Goes up when a file of before cannot be read any more.
    package static let format = 2
    private static let signature = "duet-simulator snapshot "

    /// Writes the world to a file, which is there whole or not at all; answers its size.
    ///
    /// Requests are answered meanwhile: what they change is not in the file.
    @discardableResult
    package static func save(_ world: MockWorld, to path: String) throws -> Int {
        let (state, now) = world.with { ($0, $1) }
        let part = URL(filePath: path + ".part")
        try Data().write(to: part)
        let file = try FileHandle(forWritingTo: part)
        defer {
            try? file.close()
            // It is there no longer unless something failed.
            try? FileManager.default.removeItem(at: part)
        }
        var size = 0
        func write(_ bytes: [UInt8]) throws {
            size += bytes.count
            try file.write(contentsOf: bytes)
        }
        try write(Array("\(Self.signature)\(Self.format)\n".utf8))
        try withoutActuallyEscaping(write) { write in
            let writer = SnapshotWriter(write)
            let encoder = SnapshotEncoder(writer: writer)
            try encoder.write(now)
            try encoder.write(state)
            try writer.finish()
        }
        try file.synchronize()
        guard rename(part.path(percentEncoded: false), path) == 0 else {
            throw CocoaError(.fileWriteUnknown)
        }
        return size
    }

    /// Reads a file that `save` wrote.
    ///
    /// - Throws: `SnapshotFailure` where the file is not one, or not whole; Foundation's errors
    ///   where it cannot be read.
    package static func load(
        _ path: String,
        time: any TimeSource
    ) throws -> MockWorld {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }
        try Self.checkFormat(of: file)
        let reader = SnapshotReader { count in
            Array(try file.read(upToCount: count) ?? Data())
        }
        let decoder = SnapshotDecoder(reader: reader)
        do {
            let now = try decoder.value(Int64.self)
            let state = try decoder.value(MockWorld.State.self)
            try reader.finish()
            return MockWorld(state, savedAt: now, time: time)
        } catch is DecodingError {
            throw SnapshotFailure.otherContent
        }
    }

    private static func checkFormat(of file: FileHandle) throws {
        let signature = Array(Self.signature.utf8)
        guard let start = try file.read(upToCount: signature.count), Array(start) == signature
        else { throw SnapshotFailure.notASnapshot }
        var format: [UInt8] = []
        while let byte = try file.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
            guard format.count < 10 else { throw SnapshotFailure.notASnapshot }
            format.append(byte)
        }
        let text = String(decoding: format, as: UTF8.self)
        guard text == String(Self.format) else { throw SnapshotFailure.otherFormat(text) }
    }
}
