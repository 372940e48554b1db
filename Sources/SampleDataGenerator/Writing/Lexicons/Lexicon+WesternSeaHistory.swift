extension Lexicon {
    static let western = Lexicon(
        heroes: [
            "a bounty hunter with failing eyes", "a sheriff nobody voted for", "a stagecoach driver",
            "a rancher's youngest with a rifle",
            "a gunslinger who has sworn off guns", "a travelling dentist", "a cattle drover",
            "an undertaker on horseback",
        ],
        places: [
            "in a town with more graves than houses", "on the long trail north",
            "at a way station in the desert", "in a silver camp gone dry",
            "on the far side of the canyon", "in a saloon without a piano", "where the railroad stops",
        ],
        quests: [
            "rides into town with a wanted poster and a wrong name",
            "drives two hundred cattle across the salt flats",
            "swears to hang the three who burned the ranch",
            "escorts a prisoner to the noon train", "stakes a claim on a worthless river",
            "hunts a horse thief through the canyons",
            "digs a grave and waits for its owner", "pins on a dead man's badge",
        ],
        triggers: [
            "the bank is robbed on the day of the funeral", "a stranger waters a horse at the dry well",
            "the last stagecoach comes in without its driver",
            "gold is found on the wrong side of the fence", "the railroad buys the sheriff",
            "a feud between two ranches turns to fire",
            "the outlaw's brother gets off the train",
        ],
        foes: [
            "a cattle baron with thirty rifles", "the fastest gun in the territory",
            "a railroad man with a smile", "the desert",
            "a gang that shares one horse too few", "a hanging judge",
        ],
        turns: [
            "the duel is set for noon and the sun is already high",
            "the wanted man has saved the town before", "there is no water for forty miles",
            "the gold was never in the wagon", "the badge is heavier than the gun",
            "both of them ride for the same grave",
            "the town looks on from behind the shutters",
        ],
        details: [
            "Dust, leather and a long silence.", "The vultures are early and the coffin maker is busy.",
            "A harmonica plays somewhere beyond the corral.",
            "Six bullets, five men and a horse that will not run.",
            "In the saloon nobody sits with their back to the door.", "The canyon keeps every echo.",
        ],
        values: [
            "law in a place without judges", "revenge and the ride home", "the end of the open range",
            "honour at noon", "two riders and one canteen",
        ],
        nouns: [
            "Canyon", "Saddle", "Stagecoach", "Outlaw", "Rider", "Badge", "Bullet", "Saloon", "Trail",
            "Mustang", "Desert", "Gallows Tree",
        ],
        adjectives: ["Dry", "Lonesome", "Dusty", "Six-Gun", "Wanted", "Bitter", "Long", "High", "Nameless"])

    static let sea = Lexicon(
        heroes: [
            "a cabin hand of fourteen", "a lighthouse keeper", "a captain without a ship", "a pearl diver",
            "a whaler who has lost the taste for it",
            "a net mender", "a smuggler of salt", "a marine biologist",
        ],
        places: [
            "on a rock at the edge of the shipping lanes", "aboard a leaking schooner",
            "in a fishing harbour closed by ice", "on an island that is on no chart",
            "below the waterline of an ocean liner", "at the bottom of the lagoon",
            "on the last boat of the season",
        ],
        quests: [
            "signs on to a voyage round the cape", "rows out alone into the storm",
            "searches the reef for a sunken galleon", "keeps the light burning through a winter of gales",
            "chases a white whale toward the ice", "takes command after a mutiny",
            "sails a fishing boat across the ocean on a wager",
            "dives for a treasure that the tide guards",
        ],
        triggers: [
            "a ghost ship drifts into the bay", "the tide goes out and does not come back",
            "a message in a bottle bears a familiar hand",
            "the compass begins to turn", "a castaway is pulled from the nets",
            "the storm breaks a day too soon",
            "the whole herring fleet fails to return",
        ],
        foes: [
            "a captain with a private war", "the north-west wind", "a privateer under two flags", "the reef",
            "a mutinous first mate",
            "a harbour master who owns every boat",
        ],
        turns: [
            "the island has a second shore", "the cargo is alive",
            "the lighthouse has been leading ships astray", "the sea gives back what it took",
            "there are not enough boats", "the map was tattooed on the cook",
            "the deep has been following them",
        ],
        details: [
            "Salt, tar, rope and forty days of open water.",
            "The waves come in sevens, and the seventh is the worst.",
            "At night the whales sing under the keel.", "The sails are patched with love letters and flags.",
            "Between the anchor and the storm there is one old rope.",
            "The gulls have stopped following the ship.",
        ],
        values: [
            "the sea and those who cannot leave it", "mutiny and mercy", "a storm that shows who people are",
            "the long way round to a harbour", "salt, loyalty and luck",
        ],
        nouns: [
            "Tide", "Harbour", "Lighthouse", "Captain", "Anchor", "Reef", "Schooner", "Island", "Storm",
            "Mermaid", "Compass", "Whale",
        ],
        adjectives: ["Deep", "Drowned", "Northern", "Salt", "Drifting", "Low", "Stormy", "Blue", "Uncharted"])

    static let history = Lexicon(
        heroes: [
            "a young ruler without allies", "a foot soldier who cannot read", "a court painter",
            "a siege engineer", "the emperor's food taster",
            "a messenger between two armies", "a general in disgrace", "a scribe of the old capital",
        ],
        places: [
            "in a besieged city", "at the court of a dying king", "on the march to the eastern passes",
            "in the trenches before a ruined cathedral",
            "behind the walls of the old capital", "on the eve of the great battle",
            "in a province on the brink of revolt",
        ],
        quests: [
            "leads a ragged regiment across the mountains in winter",
            "signs a treaty that nobody means to keep", "smuggles the crown jewels out of the capital",
            "rises from the kitchens to the council of war", "holds a bridge against an empire for nine days",
            "writes down what the victors want forgotten",
            "marries for peace and prepares for war", "raises the banner of a defeated house",
        ],
        triggers: [
            "the old emperor dies without an heir", "the enemy crosses the river at dawn",
            "a peasant revolt reaches the palace gates",
            "the truce is broken by a single arrow", "a forged decree divides the army",
            "the siege enters its second winter",
            "a battle is lost through a misread order",
        ],
        foes: [
            "a regent with an army of mercenaries", "a cardinal who plays both sides",
            "an empire of a thousand banners", "a brother on the other side of the field",
            "hunger within the walls", "a general who must not win",
        ],
        turns: [
            "the throne is emptier than it looks", "the order to retreat was never given",
            "both armies pray to the same saint",
            "victory costs more than the kingdom holds", "the traitor sits at the council table",
            "history will remember another name",
            "the drums fall silent before dawn",
        ],
        details: [
            "Forty thousand men, one bridge and the winter.", "The banners are wet and the powder is not.",
            "A dynasty ends over a game of chess.",
            "From the walls one can count the campfires, and nobody does.",
            "The letters home are all written in the same hand.",
            "Swords are blessed in the morning and buried at night.",
        ],
        values: [
            "power and those who carry its water", "loyalty in a losing army",
            "war as the foot soldiers saw it", "a crown and its weight", "the last days of an old world",
        ],
        nouns: [
            "Throne", "Siege", "Banner", "Regiment", "Empire", "Treaty", "Queen", "Sword", "Rebellion",
            "Emperor", "Winter March", "Battle",
        ],
        adjectives: [
            "Iron", "Broken", "Royal", "Burning", "Eastern", "Fallen", "Thousandth", "Loyal", "Marble",
        ])
}
