package import SyncCore

/// How many calls each CRM got over time and what it says is used up: complete for a run of any
/// length, in bounded memory.
package struct CallHistogram: Sendable, Hashable {
    /// One stretch of time.
    package struct Bucket: Sendable, Hashable {
        package var hubspot = 0
        package var salesforce = 0
        /// What the last reply of the stretch said: calls used of the day's allowance.
        package var hubspotUsed: Int?
        package var salesforceUsed: Int?
    }

    /// Milliseconds of each bucket; doubles when there would be too many.
    package private(set) var width: Int64 = 10_000
    package private(set) var buckets: [Bucket] = []
    /// The day's allowance as the replies state it.
    package private(set) var hubspotLimit: Int?
    package private(set) var salesforceLimit: Int?
    private let bucketsMax: Int

    package init(bucketsMax: Int = 1_200) {
        self.bucketsMax = bucketsMax
    }

    package mutating func add(_ side: Side, at time: Int64) {
        let place = self.place(of: time)
        switch side {
        case .hubspot: self.buckets[place].hubspot += 1
        case .salesforce: self.buckets[place].salesforce += 1
        }
    }

    package mutating func note(_ side: Side, used: Int, of limit: Int, at time: Int64) {
        let place = self.place(of: time)
        switch side {
        case .hubspot:
            self.buckets[place].hubspotUsed = used
            self.hubspotLimit = limit
        case .salesforce:
            self.buckets[place].salesforceUsed = used
            self.salesforceLimit = limit
        }
    }

    private mutating func place(of time: Int64) -> Int {
        while time / self.width >= Int64(self.bucketsMax) { self.fold() }
        let place = Int(max(0, time) / self.width)
        while self.buckets.count <= place { self.buckets.append(Bucket()) }
        return place
    }

    /// Two neighbours become one.
    private mutating func fold() {
        self.width *= 2
        self.buckets = stride(from: 0, to: self.buckets.count, by: 2).map { place in
            var bucket = self.buckets[place]
            guard place + 1 < self.buckets.count else { return bucket }
            let next = self.buckets[place + 1]
            bucket.hubspot += next.hubspot
            bucket.salesforce += next.salesforce
            bucket.hubspotUsed = next.hubspotUsed ?? bucket.hubspotUsed
            bucket.salesforceUsed = next.salesforceUsed ?? bucket.salesforceUsed
            return bucket
        }
    }
}
