/// The vendor's batch sizes, for packing.
package struct ConnectionLimits: Sendable, Hashable {
    /// Ids in one `read`.
    package var readMax: Int
    /// Records of one object and kind in one collection of a write call.
    package var writeCollectionMax: Int
    /// Collections in one write call: 5 in a Salesforce Composite, 1 at HubSpot.
    package var writeCollectionsMax: Int
    /// The longest time the vendor works on a request, in milliseconds (architecture 5.8).
    package var requestTimeMax: Int64

    package init(
        readMax: Int,
        writeCollectionMax: Int,
        writeCollectionsMax: Int,
        requestTimeMax: Int64
    ) {
        self.readMax = readMax
        self.writeCollectionMax = writeCollectionMax
        self.writeCollectionsMax = writeCollectionsMax
        self.requestTimeMax = requestTimeMax
    }
}
