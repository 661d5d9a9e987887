/// Rows of one reply with what decides whether they count.
package struct RecordPage: Sendable {
    package var side: Side
    /// The number the request drew when its bytes were about to be sent.
    package var sent: RequestSequence
    /// The number drawn when the reply had been read whole.
    package var ended: RequestSequence
    /// The `Date` header of the reply.
    package var serverTime: ServerTime
    package var rows: [RecordRow]
    /// Whether HubSpot was asked for segments of its records; one that shows what is known is not asked about.
    package var asksSegments = false

    package init(
        side: Side,
        sent: RequestSequence,
        ended: RequestSequence,
        serverTime: ServerTime,
        rows: [RecordRow]
    ) {
        self.side = side
        self.sent = sent
        self.ended = ended
        self.serverTime = serverTime
        self.rows = rows
    }
}
