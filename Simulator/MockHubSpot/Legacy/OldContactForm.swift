/// How a request of the first version wants contacts to be shown.
struct OldContactForm {
    enum Mode {
        case value
        case history
    }

    /// The properties that are shown; all that have a value where it names none.
    var names: [String]
    var mode: Mode

    init(names: [String], mode: Mode) {
        self.names = names
        self.mode = mode
    }

    init(_ target: HubSpotTarget, usual: Mode) {
        self.names = target.list("property")
        switch target.parameter("propertyMode") {
        case "value_only"?: self.mode = .value
        case "value_and_history"?: self.mode = .history
        default: self.mode = usual
        }
    }
}
