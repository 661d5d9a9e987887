import WireJSON

/// A condition of a list on what a record did: forms that it sent and events (HubSpot: list
/// filters).
struct EventCondition: Sendable, Hashable, Codable {
    /// Only events in a span of time count.
    enum Window: Sendable, Hashable, Codable {
        case always
        case before(Int64)
        case after(Int64)
        case between(Int64, Int64, isInside: Bool)
        /// Milliseconds from now on, negative ones into the past.
        case beforeOffset(Int64)
        case afterOffset(Int64)
        case betweenOffsets(Int64, Int64, isInside: Bool)

        func contains(_ time: Int64, at now: Int64) -> Bool {
            switch self {
            case .always: true
            case .before(let bound): time < bound
            case .after(let bound): time > bound
            case .between(let low, let high, let isInside):
                (low <= time && time <= high) == isInside
            case .beforeOffset(let offset): time < now + offset
            case .afterOffset(let offset): time > now + offset
            case .betweenOffsets(let low, let high, let isInside):
                (now + low <= time && time <= now + high) == isInside
            }
        }
    }

    /// The event's name or type id; `nil` for a form that is sent.
    var eventType: String?
    /// The form that is meant; any where none is named.
    var form: String?
    /// Whether the record must have done it, or must not.
    var isDone: Bool
    var count: ClosedRange<Int>
    var window: Window
    /// Conditions on the event's own properties.
    var parts: [SegmentFilter]

    /// A filter or a branch with a type: `FORM_SUBMISSION`, `UNIFIED_EVENTS` or `EVENT`.
    init?(_ json: JSON, parts: [SegmentFilter]) {
        let kind = json["filterType"]?.string ?? json["filterBranchType"]?.string
        let text = { (name: String) in json[name].flatMap { $0.string ?? $0.numberText } }
        switch kind {
        case "FORM_SUBMISSION":
            self.form = text("formId")
        case "UNIFIED_EVENTS", "EVENT":
            guard let type = text("eventTypeId") ?? text("eventId") else { return nil }
            self.eventType = type
        default: return nil
        }
        let word = json["operator"]?.string ?? ""
        self.isDone = !["NOT_FILLED_OUT", "HAS_NOT_COMPLETED", "NOT_HAS_EVENT"].contains(word)
        self.parts = parts
        // Either refinement may stand in either place.
        let refinements = ["coalescingRefineBy", "pruningRefineBy"].compactMap { json[$0] }
        let number = refinements.first { $0["type"]?.string == "NUM_OCCURRENCES" }
        let least = Self.integer(number?["minOccurrences"]) ?? 1
        let most = Self.integer(number?["maxOccurrences"]) ?? .max
        guard least <= most else { return nil }
        self.count = least...most
        let windows = refinements.filter { $0["type"]?.string != "NUM_OCCURRENCES" }
        self.window = windows.first.flatMap(Self.window) ?? .always
    }

    private static func integer(_ json: JSON?) -> Int? {
        json?.integer.flatMap { Int(exactly: $0) }
    }

    private static func window(_ json: JSON) -> Window? {
        let isInside = json["rangeType"]?.string != "NOT_BETWEEN"
        let isBefore = json["comparison"]?.string == "BEFORE"
        switch json["type"]?.string {
        case "ABSOLUTE_COMPARATIVE":
            guard let bound = json["timestamp"]?.integer else { return nil }
            return isBefore ? .before(bound) : .after(bound)
        case "ABSOLUTE_RANGED":
            guard let low = json["lowerTimestamp"]?.integer,
                let high = json["upperTimestamp"]?.integer
            else { return nil }
            return .between(low, high, isInside: isInside)
        case "RELATIVE_COMPARATIVE":
            guard let offset = json["timeOffset"].flatMap(Self.offset) else { return nil }
            return isBefore ? .beforeOffset(offset) : .afterOffset(offset)
        case "RELATIVE_RANGED":
            guard let low = json["lowerBoundOffset"].flatMap(Self.offset),
                let high = json["upperBoundOffset"].flatMap(Self.offset)
            else { return nil }
            return .betweenOffsets(low, high, isInside: isInside)
        default: return nil
        }
    }

    private static func offset(_ json: JSON) -> Int64? {
        guard let amount = json["amount"]?.integer, (0...100_000).contains(amount) else {
            return nil
        }
        let units: [String: Int64] = [
            "MINUTES": 60_000, "HOURS": 3_600_000, "DAYS": 86_400_000, "WEEKS": 604_800_000,
        ]
        guard let unit = units[json["timeUnit"]?.string ?? "DAYS"] else { return nil }
        return json["offsetDirection"]?.string == "FUTURE" ? amount * unit : -amount * unit
    }
}
