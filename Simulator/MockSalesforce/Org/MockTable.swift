/// The rows of one object with their indexes.
struct MockTable: Sendable, Codable {
    struct Stamp: Sendable, Codable {
        var stamp: Int64
        var row: Int
    }

    /// The places of the fields that every write touches.
    struct SystemPlaces: Sendable, Codable {
        var id: Int?
        var isDeleted: Int?
        var masterRecordID: Int?
        var name: Int?
        var firstName: Int?
        var lastName: Int?
        var ownerID: Int?
        var createdDate: Int?
        var createdByID: Int?
        var lastModifiedDate: Int?
        var lastModifiedByID: Int?
        var systemModstamp: Int?
    }

    var object: MockObject
    private(set) var rows: [MockRow] = []
    private(set) var places = SystemPlaces()
    /// By the first 15 characters.
    private var rowByID: [String: Int] = [:]
    /// Field place, then key, then rows; entries may be stale and are checked again.
    private var indexes: [Int: [String: [Int]]] = [:]
    /// The keys of `indexes`; iterating over those would copy every index on each write.
    private var indexedPlaces: [Int] = []
    /// Every stamp a row has had, oldest first.
    private(set) var stamps: [Stamp] = []
    /// Whether rows stand in the order of their ids; a seed with an id of its own can break it.
    private(set) var areIDsAscending = true
    private var numbersUsed = 0
    /// The number of the next record, by the place of a field that is counted.
    private var nextNumbers: [Int: Int] = [:]

    init(object: MockObject) {
        self.object = object
        self.refreshPlaces()
    }

    mutating func add(_ field: MockField) {
        self.object.add(field)
        self.refreshPlaces()
    }

    mutating func nextID() -> String {
        // A seed may have brought an id of its own.
        while true {
            self.numbersUsed += 1
            let id = SalesforceID.make(prefix: self.object.keyPrefix, number: self.numbersUsed)
            if self.row(ofID: id) == nil { return id }
        }
    }

    /// The number that a counted field of a new record gets.
    mutating func nextNumber(_ place: Int) -> Int {
        let number = self.nextNumbers[place] ?? self.object.fields[place].firstNumber
        self.nextNumbers[place] = number + 1
        return number
    }

    func row(ofID id: String) -> Int? {
        self.rowByID[id.utf8.count <= 15 ? id : String(id.prefix(15))]
    }

    /// The first row with that id or a later one, where rows stand in the order of their ids.
    func firstRow(atOrAfter id: String) -> Int {
        var low = 0
        var high = self.rows.count
        while low < high {
            let middle = (low + high) / 2
            if self.rows[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Rows that may have one of the keys at an indexed place.
    func candidates(_ place: Int, _ key: String) -> [Int] {
        self.indexes[place]?[key] ?? []
    }

    /// Rows that may have a stamp of that time or later; each once, in no promised order.
    func candidates(stampedSince time: Int64) -> [Int] {
        let low = self.firstStamp(after: time - 1)
        var rows: [Int] = []
        rows.reserveCapacity(self.stamps.count - low)
        var isSeen = [Bool](repeating: false, count: self.rows.count)
        for stamp in self.stamps[low...] where !isSeen[stamp.row] {
            isSeen[stamp.row] = true
            rows.append(stamp.row)
        }
        return rows
    }

    mutating func insert(_ row: MockRow) {
        let place = self.rows.count
        if let last = self.rows.last, last.id > row.id { self.areIDsAscending = false }
        self.rowByID[String(row.id.prefix(15))] = place
        self.rows.append(row)
        self.index(place, row.current, instead: nil)
    }

    mutating func push(_ version: MockVersion, on place: Int, at now: Int64) {
        let before = version.visibleAt <= now ? self.rows[place].current : nil
        self.rows[place].push(version, at: now)
        self.index(place, version, instead: before)
    }

    mutating func change(_ place: Int, _ body: (inout MockRow) -> Void) {
        body(&self.rows[place])
    }

    private mutating func index(_ row: Int, _ version: MockVersion, instead old: MockVersion?) {
        let stamp = Stamp(stamp: version.stamp, row: row)
        if let last = self.stamps.last, last.stamp > version.stamp {
            // Only a seed can be older than the rest.
            self.stamps.insert(stamp, at: self.firstStamp(after: version.stamp))
        } else {
            self.stamps.append(stamp)
        }
        for place in self.indexedPlaces {
            let field = self.object.fields[place]
            let key = field.indexKey(version.value(place))
            let oldKey = old.flatMap { field.indexKey($0.value(place)) }
            if key == oldKey { continue }
            if let oldKey { self.indexes[place]?[oldKey]?.removeAll { $0 == row } }
            if let key { self.indexes[place]?[key, default: []].append(row) }
        }
    }

    /// Forgets the stamps that no visible or waiting version has.
    mutating func forgetStamps() {
        guard self.stamps.count > 2 * self.rows.count else { return }
        self.stamps = self.rows.enumerated().flatMap { place, row in
            (row.earlier + [row.current]).map { Stamp(stamp: $0.stamp, row: place) }
        }
        self.stamps.sort { $0.stamp < $1.stamp }
    }

    private func firstStamp(after time: Int64) -> Int {
        var low = 0
        var high = self.stamps.count
        while low < high {
            let middle = (low + high) / 2
            if self.stamps[middle].stamp <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func refreshPlaces() {
        let object = self.object
        self.places = SystemPlaces(
            id: object.place(of: "Id"),
            isDeleted: object.place(of: "IsDeleted"),
            masterRecordID: object.place(of: "MasterRecordId"),
            name: object.place(of: "Name"),
            firstName: object.place(of: "FirstName"),
            lastName: object.place(of: "LastName"),
            ownerID: object.place(of: "OwnerId"),
            createdDate: object.place(of: "CreatedDate"),
            createdByID: object.place(of: "CreatedById"),
            lastModifiedDate: object.place(of: "LastModifiedDate"),
            lastModifiedByID: object.place(of: "LastModifiedById"),
            systemModstamp: object.place(of: "SystemModstamp")
        )
        for (place, field) in object.fields.enumerated()
        where field.isIndexed && self.indexes[place] == nil {
            // A field can become a key when there are rows already.
            var index: [String: [Int]] = [:]
            for (row, record) in self.rows.enumerated() {
                guard let key = field.indexKey(record.current.value(place)) else { continue }
                index[key, default: []].append(row)
            }
            self.indexes[place] = index
            self.indexedPlaces.append(place)
        }
    }
}
