import SyncCore

extension SimulatedPeople {
    /// The recorder's line on a new turn of failures; see `disturb`.
    func tell(_ kind: Int, _ every: Int) {
        let turn: (side: Side, text: String)? =
            switch kind {
            case 1: (.salesforce, "every write no. \(every): done, then no reply")
            case 2: (.salesforce, "every write no. \(every): not done, no reply")
            case 3: (.salesforce, "every second row is locked")
            case 4: (.salesforce, "every request no. \(3 + every): the session is over")
            case 5: (.salesforce, "every reply no. \(1 + every) ends in the middle")
            case 6: (.salesforce, "every request no. \(1 + every): 503")
            case 7: (.hubspot, "every reply no. \(1 + every) ends in the middle")
            case 8: (.hubspot, "every write no. \(1 + every): 423 locked")
            case 9: (.hubspot, "every write no. \(every): done, then 504")
            default: nil
            }
        self.pair.recorder.mark(.calm)
        if let turn { self.pair.recorder.mark(.fault, turn.side, turn.text) }
    }
}
