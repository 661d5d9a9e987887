/// A dictionary: its keys are data, where a property's name is not.
protocol SnapshotPairs {
    func encodePairs(to encoder: SnapshotEncoder) throws
    static func decodePairs(from decoder: SnapshotDecoder) throws -> Self
}

extension Dictionary: SnapshotPairs where Key: Codable, Value: Codable {
    func encodePairs(to encoder: SnapshotEncoder) throws {
        encoder.writer.integer(Int64(self.count))
        for (key, value) in self {
            try encoder.write(key)
            try encoder.write(value)
        }
    }

    static func decodePairs(from decoder: SnapshotDecoder) throws -> [Key: Value] {
        let count = try decoder.reader.integer()
        var pairs: [Key: Value] = [:]
        for _ in 0..<Swift.max(0, count) {
            let key = try decoder.value(Key.self)
            pairs[key] = try decoder.value(Value.self)
        }
        return pairs
    }
}
