/// CRC-32 as in ISO 3309: finds a damaged block.
enum Checksum {
    private static let table: [UInt32] = (0..<256).map { number in
        var rest = UInt32(number)
        for _ in 0..<8 { rest = rest & 1 == 1 ? 0xEDB8_8320 ^ (rest >> 1) : rest >> 1 }
        return rest
    }

    static func of(_ bytes: [UInt8]) -> UInt32 {
        var rest: UInt32 = 0xFFFF_FFFF
        Self.table.withUnsafeBufferPointer { table in
            for byte in bytes { rest = table[Int((rest ^ UInt32(byte)) & 0xFF)] ^ (rest >> 8) }
        }
        return rest ^ 0xFFFF_FFFF
    }
}
