/// What a read of ties told.
struct TiesRead {
    var ties: [String: [HubSpotResponses.Related]] = [:]
    /// Records that have more than was read.
    var open: [String]
    /// Records of which HubSpot did not tell the ties.
    var unread: Set<String> = []

    init(open: [String]) {
        self.open = open
    }
}
