/// The vendor's batch sizes, for packing.
package struct ConnectionLimits: Sendable, Hashable {
    /// Ids in one `read`.
    package var readMax: Int
    /// Records of one object and kind in one collection of a write call.
    package var writeCollectionMax: Int
    /// Collections in one write call: 5 in a Salesforce Composite, 1 at HubSpot.
    package var writeCollectionsMax: Int
    /// Conditional updates in one write call, which the vendor refuses where the record has moved on:
    /// 25 in a Salesforce Composite; 0 where it has none, as HubSpot.
    package var conditionalWritesMax: Int
    /// The longest time the vendor works on a request, in milliseconds (architecture 5.8).
    package var requestTimeMax: Int64

    /// The writes that are taken up together: two full calls on Salesforce, one on HubSpot, as many as one read covers.
    package var chunkMax: Int {
        min(self.readMax, self.writeCollectionMax * self.writeCollectionsMax * 2)
    }

    package init(
        readMax: Int,
        writeCollectionMax: Int,
        writeCollectionsMax: Int,
        conditionalWritesMax: Int = 0,
        requestTimeMax: Int64
    ) {
        self.readMax = readMax
        self.writeCollectionMax = writeCollectionMax
        self.writeCollectionsMax = writeCollectionsMax
        self.conditionalWritesMax = conditionalWritesMax
        self.requestTimeMax = requestTimeMax
    }
}
