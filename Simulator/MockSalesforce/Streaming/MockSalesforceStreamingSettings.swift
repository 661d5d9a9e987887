/// Which changes the org tells, to whom, and how much of it.
package struct MockSalesforceStreamingSettings: Sendable, Hashable, Codable {
    /// The objects that an administrator has selected for change data capture; five at most
    /// without an add-on.
    package var selectedObjects: [String] = ["Account", "Contact", "Lead", "Opportunity"]
    /// Channels of the org's own, by their name with `__chn`, with the objects they carry.
    package var channels: [String: [String]] = [:]
    /// How long events can be asked for again, in milliseconds.
    package var retention: Int64 = 72 * 3_600_000
    /// Retained events; beyond it the oldest ones go early.
    package var retainedEventsMax = 100_000
    /// How long a connect without an event is held, in milliseconds.
    package var holdTime: Int64 = 110_000
    /// How soon after an empty reply a client must connect again, in milliseconds.
    package var reconnectTime: Int64 = 110_000
    /// How soon after events a client must connect again, in milliseconds.
    package var reconnectTimeAfterEvents: Int64 = 40_000
    /// Concurrent clients: 2,000 in Performance and Unlimited, 1,000 in Enterprise, 20 in others.
    package var clientsMax = 1_000
    /// Subscriptions of one client; memory.
    package var subscriptionsMax = 100
    /// Events delivered in rolling 24 hours, counted for every client: 50,000 in Performance and
    /// Unlimited, 25,000 in Enterprise, 10,000 in Developer.
    package var deliveriesMax = 25_000
    /// Events of one reply; memory.
    package var eventsPerReplyMax = 200
    /// Whether a request without the handshake's cookie is refused.
    package var requiresCookies = true
    /// The HTTP status of replies about a dead session; memory.
    package var unauthorizedStatus = 200
    /// Whether a field that was cleared is there as null; Salesforce's guides say both.
    package var sendsNulls = true
    /// Whether headers name `nulledFields` and `diffFields`, as the binary form does.
    package var namesNulledFields = false
    /// Whether an update that changes nothing but stamps is told; memory.
    package var tellsUnchangedUpdates = true
    /// What people's changes name as their origin: the recorded one of Lightning Experience.
    package var peopleOrigin = "com/salesforce/api/soap/62.0;client=SfdcInternalAPI/"
    /// Changes of one transaction beyond which a `GAP_OVERFLOW` stands for the rest.
    package var overflowThreshold = 100_000
    /// The largest event in bytes of its text; a larger one is told as a gap.
    package var eventBytesMax = 1_000_000
    /// Every so many events one is only told as a gap; `nil` for never.
    package var gapEveryNthEvent: Int?
    /// Every so many events one is told to nobody, without a gap; `nil` for never.
    package var loseEveryNthEvent: Int?
    /// Every so many deliveries one comes twice; `nil` for never.
    package var doubleEveryNthDelivery: Int?
    /// Every so many deliveries one comes after its successor in the same reply; `nil` for never.
    package var swapEveryNthDelivery: Int?

    package init() {}
}
