/// The fields of a blob in the mapping's order; each is made only when it is asked for.
///
/// Most decisions look at a few of a record's fields: the others stay where they are in the blob.
package struct RecordValues: RandomAccessCollection, Sendable {
    private struct Place {
        var start: UInt32
        var end: UInt32
    }

    private let bytes: [UInt8]
    private let places: [Place]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var reader = RecordBlobReader(offset: 1)
        self.places = bytes.withUnsafeBufferPointer { buffer in
            let count = reader.number(in: buffer) ?? 0
            return [Place](unsafeUninitializedCapacity: count) { places, written in
                for place in 0..<count {
                    let size = reader.number(in: buffer) ?? 0
                    let start = reader.offset
                    reader.skip(Swift.max(0, size - 1), in: buffer)
                    places[place] = Place(start: UInt32(start), end: UInt32(reader.offset))
                }
                written = count
            }
        }
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { self.places.count }

    package subscript(index: Int) -> FieldValue {
        FieldValue(bytes: self.withBytes(of: index) { Array($0) })
    }

    /// How many bytes a field has; 0 means blank.
    package func count(of index: Int) -> Int {
        Int(self.places[index].end - self.places[index].start)
    }

    /// Whether a field is the same in another record.
    package func isSame(_ index: Int, as other: RecordValues) -> Bool {
        let count = self.count(of: index)
        guard count == other.count(of: index) else { return false }
        return self.withBytes(of: index) { mine in
            other.withBytes(of: index) { theirs in
                mine.indices.allSatisfy { mine[$0] == theirs[$0] }
            }
        }
    }

    /// The fields that are not the same in another record of the mapping.
    package func changes(from other: RecordValues) -> [Int] {
        self.indices.filter { !self.isSame($0, as: other) }
    }

    /// Lends a field's bytes.
    package func withBytes<Result>(
        of index: Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let place = self.places[index]
        return self.bytes.withUnsafeBufferPointer { all in
            body(UnsafeBufferPointer(rebasing: all[Int(place.start)..<Int(place.end)]))
        }
    }
}
