/// Which rows have a value of one property now; letters' case does not count, as in searches.
struct ValueIndex: Sendable, Codable {
    /// The places of the rows, in their order.
    private var rows: [String: [Int]] = [:]

    /// The rows that have the value, in their order.
    func rows(with value: String) -> [Int] { self.rows[value] ?? [] }

    mutating func change(_ row: Int, from old: String?, to new: String?) {
        let before = old?.lowercased()
        let after = new?.lowercased()
        guard before != after else { return }
        if let before, let place = self.place(of: row, before) {
            self.rows[before]?.remove(at: place)
            if self.rows[before]?.isEmpty == true { self.rows[before] = nil }
        }
        guard let after else { return }
        let place = Self.firstPlace(self.rows[after] ?? [], of: row)
        self.rows[after, default: []].insert(row, at: place)
    }

    private func place(of row: Int, _ value: String) -> Int? {
        guard let rows = self.rows[value] else { return nil }
        let place = Self.firstPlace(rows, of: row)
        return place < rows.count && rows[place] == row ? place : nil
    }

    /// Where a row stands among sorted ones, or would stand.
    private static func firstPlace(_ rows: [Int], of row: Int) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
