import MockSalesforce
import Testing

@testable import MockServer

/// Odd values come back as they went.
struct SnapshotCodingTests {
    private struct Sample: Codable, Hashable {
        enum Kind: Codable, Hashable {
            case none
            case some(Int?, name: String)
            case many([Kind])
        }

        var name: String
        /// Stands before one of the same name in the struct around it.
        var note: String?
        var kinds: [Kind]
        var maybe: [Int?]
        var byNumber: [Int: [String: Double]]
        var set: Set<Int64>
        var bytes: [UInt8]
        var strings: [String]
    }

    private struct Outer: Codable, Hashable {
        var sample: Sample?
        var note: String
        var range: ClosedRange<Int>
        var big: UInt64
        var small: Int64
        var isTrue: Bool
    }

    private func copy<Value: Codable>(_ value: Value) throws -> Value {
        var bytes: [UInt8] = []
        let writer = SnapshotWriter { bytes += $0 }
        try SnapshotEncoder(writer: writer).write(value)
        try writer.finish()
        var place = 0
        let reader = SnapshotReader { count in
            let end = min(bytes.count, place + count)
            defer { place = end }
            return Array(bytes[place..<end])
        }
        let copy = try SnapshotDecoder(reader: reader).value(Value.self)
        try reader.finish()
        return copy
    }

    @Test(arguments: [nil, "inner"])
    func `structs, enumerations and collections`(note: String?) throws {
        let sample = Sample(
            name: "",
            note: note,
            kinds: [.none, .some(nil, name: "x"), .many([.some(-1, name: "é"), .none])],
            maybe: [1, nil, .min],
            byNumber: [-3: ["nan": .infinity, "": -0.5], 9: [:]],
            set: [.min, 0, .max],
            bytes: [0, 255],
            strings: []
        )
        let outer = Outer(
            sample: sample,
            note: "outer",
            range: -2...7,
            big: .max,
            small: .min,
            isTrue: true
        )
        #expect(try self.copy(outer) == outer)
        #expect(try self.copy([outer, outer]) == [outer, outer])
        var without = outer
        without.sample = nil
        #expect(try self.copy(without) == without)
    }

    @Test func `the values of records`() throws {
        let row: [MockSalesforceValue] = [
            .null, .text(""), .text("1"), .number("1"), .boolean(true), .boolean(false),
            .datetime(-1), .number("-0.50"), .null,
        ]
        #expect(try self.copy(row) == row)
        #expect(try self.copy([[], row, row]) == [[], row, row])
        let texts = ["a": "", "": "b", "c": "c"]
        #expect(try self.copy([texts, [:]]) == [texts, [:]])
    }

    @Test func `more than a block, and more texts than are remembered`() throws {
        let long = String(repeating: "long ", count: SnapshotWriter.blockSize / 4)
        let texts = (0..<70_000).map { "text \($0)" } + [long]
        #expect(try self.copy(texts) == texts)
        #expect(try self.copy(texts + texts) == texts + texts)
    }

    @Test func `a file that cannot be written is told at the end`() {
        struct Full: Error {}
        let writer = SnapshotWriter { _ in throw Full() }
        writer.text("x")
        #expect(throws: Full.self) { try writer.finish() }
    }
}
