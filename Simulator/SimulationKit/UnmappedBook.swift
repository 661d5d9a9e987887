import SyncCore

/// What people and other apps know of records that nobody has mapped: their own book, kept as they
/// work and never read from the CRMs.
struct UnmappedBook: Sendable {
    /// In the order in which they were made.
    private(set) var records: [UnmappedRecord] = []
    /// Those that were deleted.
    private(set) var gone: [UnmappedRecord] = []

    func living(_ side: Side, _ object: String) -> [UnmappedRecord] {
        self.records.filter { $0.side == side && $0.object == object }
    }

    func gone(_ side: Side, _ object: String) -> [UnmappedRecord] {
        self.gone.filter { $0.side == side && $0.object == object }
    }

    /// A record is new, or another than it was.
    mutating func note(_ record: UnmappedRecord) {
        if let place = self.place(of: record) {
            self.records[place] = record
        } else {
            self.records.append(record)
        }
    }

    mutating func delete(_ record: UnmappedRecord) {
        guard let place = self.place(of: record) else { return }
        self.gone.append(self.records.remove(at: place))
    }

    mutating func restore(_ record: UnmappedRecord) {
        self.gone.removeAll { $0.side == record.side && $0.id == record.id }
        self.records.append(record)
    }

    /// Nobody says any more what a record should be.
    mutating func forget(_ side: Side, _ id: String) {
        self.records.removeAll { $0.side == side && $0.id == id }
    }

    private func place(of record: UnmappedRecord) -> Int? {
        self.records.firstIndex { $0.side == record.side && $0.id == record.id }
    }
}
