import SyncCore

/// How long a record of HubSpot's was not in the segment that says what is synced, true time.
struct MemberSpan: Sendable, Hashable {
    var from: Int64
    var to = Int64.max
    /// Whether it had never been in until then, nor has anything of it come from the other side: there is nothing that
    /// anybody may not have seen yet.
    var isFromTheStart = false
}
