// The common emoji by Slack's shortcodes; a name that is not here stays as text.

const TABLE = `
grinning 😀 smiley 😃 smile 😄 grin 😁 laughing 😆 satisfied 😆 sweat_smile 😅 rolling_on_the_floor_laughing 🤣 joy 😂 slightly_smiling_face 🙂
upside_down_face 🙃 wink 😉 blush 😊 innocent 😇 heart_eyes 😍 star-struck 🤩 kissing_heart 😘 yum 😋 stuck_out_tongue 😛 hugging_face 🤗
thinking_face 🤔 neutral_face 😐 expressionless 😑 smirk 😏 unamused 😒 face_with_rolling_eyes 🙄 grimacing 😬 relieved 😌 pensive 😔 sleepy 😪
sleeping 😴 mask 😷 dizzy_face 😵 sunglasses 😎 nerd_face 🤓 confused 😕 worried 😟 slightly_frowning_face 🙁 open_mouth 😮 astonished 😲
flushed 😳 cry 😢 sob 😭 scream 😱 disappointed 😞 sweat 😓 weary 😩 tired_face 😫 yawning_face 🥱 angry 😠 rage 😡 exploding_head 🤯
partying_face 🥳 face_holding_back_tears 🥹 melting_face 🫠 saluting_face 🫡 shushing_face 🤫 zipper_mouth_face 🤐 ghost 👻 robot_face 🤖
wave 👋 raised_hand ✋ hand ✋ ok_hand 👌 v ✌️ crossed_fingers 🤞 point_left 👈 point_right 👉 point_up_2 👆 point_down 👇 point_up ☝️
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 fist ✊ clap 👏 raised_hands 🙌 open_hands 👐 palms_up_together 🤲 handshake 🤝 pray 🙏 writing_hand ✍️
muscle 💪 ear 👂 eyes 👀 eye 👁️ brain 🧠 speech_balloon 💬 thought_balloon 💭 bust_in_silhouette 👤 busts_in_silhouette 👥 footprints 👣
walking 🚶 runner 🏃 dancer 💃 person_in_lotus_position 🧘 people_holding_hands 🧑‍🤝‍🧑 family 👪 shrug 🤷 woman-shrugging 🤷‍♀️ man-shrugging 🤷‍♂️
heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤 white_heart 🤍 sparkling_heart 💖 broken_heart 💔
100 💯 boom 💥 dizzy 💫 sweat_drops 💦 zzz 💤 sparkles ✨ star ⭐ star2 🌟 fire 🔥 tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 trophy 🏆 medal 🏅
sunny ☀️ mostly_sunny 🌤️ sun_small_cloud 🌤️ partly_sunny ⛅ barely_sunny 🌥️ sun_behind_cloud 🌥️ partly_sunny_rain 🌦️ cloud ☁️ rain_cloud 🌧️
thunder_cloud_and_rain ⛈️ lightning 🌩️ zap ⚡ snow_cloud 🌨️ snowflake ❄️ snowman ⛄ tornado 🌪️ fog 🌫️ foggy 🌁 wind_blowing_face 🌬️ dash 💨
umbrella ☔ rainbow 🌈 ocean 🌊 droplet 💧 sunrise 🌅 sunrise_over_mountains 🌄 full_moon 🌕 new_moon 🌑 crescent_moon 🌙 earth_africa 🌍
seedling 🌱 herb 🌿 four_leaf_clover 🍀 evergreen_tree 🌲 deciduous_tree 🌳 palm_tree 🌴 cactus 🌵 ear_of_rice 🌾 maple_leaf 🍁 fallen_leaf 🍂
leaves 🍃 mushroom 🍄 sunflower 🌻 tulip 🌷 cherry_blossom 🌸 rose 🌹 blossom 🌼 bouquet 💐 bee 🐝 butterfly 🦋 snail 🐌 bird 🐦 owl 🦉
hatching_chick 🐣 turtle 🐢 fox_face 🦊 hedgehog 🦔 dog 🐶 cat 🐱 spider_web 🕸️ shell 🐚 tea 🍵 coffee ☕ teapot 🫖 cake 🍰 birthday 🎂 cookie 🍪
bread 🍞 apple 🍎 lemon 🍋 stew 🍲 fork_and_knife 🍴 beer 🍺 wine_glass 🍷 house 🏠 house_with_garden 🏡 office 🏢 hospital 🏥 school 🏫 church ⛪
bus 🚌 train 🚆 car 🚗 bike 🚲 ship 🚢 airplane ✈️ rocket 🚀 world_map 🗺️ compass 🧭 tent ⛺ bridge_at_night 🌉 mountain ⛰️ national_park 🏞️
watch ⌚ alarm_clock ⏰ hourglass ⌛ hourglass_flowing_sand ⏳ calendar 📆 date 📅 spiral_calendar_pad 🗓️ pushpin 📌 round_pushpin 📍 paperclip 📎
link 🔗 memo 📝 pencil 📝 pencil2 ✏️ lower_left_fountain_pen 🖋️ notebook 📓 book 📖 books 📚 bookmark 🔖 newspaper 📰 scroll 📜 page_facing_up 📄
clipboard 📋 file_folder 📁 card_index 📇 bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 email 📧 envelope ✉️ incoming_envelope 📨
inbox_tray 📥 outbox_tray 📤 mailbox 📫 package 📦 phone ☎️ telephone_receiver 📞 iphone 📱 computer 💻 keyboard ⌨️ camera 📷 movie_camera 🎥 headphones 🎧
microphone 🎤 musical_note 🎵 notes 🎶 art 🎨 thread 🧵 yarn 🧶 knot 🪢 jigsaw 🧩 game_die 🎲 dart 🎯 bulb 💡 candle 🕯️ mag 🔍 mag_right 🔎 key 🔑
lock 🔒 unlock 🔓 hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ scales ⚖️ balance_scale ⚖️ magnet 🧲 anchor ⚓ shield 🛡️ bell 🔔 no_bell 🔕
mega 📣 loudspeaker 📢 bow_and_arrow 🏹 infinity ♾️ yin_yang ☯️ peace_symbol ☮️ recycle ♻️ repeat 🔁 arrows_counterclockwise 🔄 twisted_rightwards_arrows 🔀
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️ left_right_arrow ↔️ leftwards_arrow_with_hook ↩️ heavy_plus_sign ➕ heavy_minus_sign ➖
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ question ❓ grey_question ❔ exclamation ❗ warning ⚠️
no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 information_source ℹ️ new 🆕 ok 🆗 sos 🆘 red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡
large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫ large_blue_square 🟦 large_green_square 🟩 white_square ◻️
small_blue_diamond 🔹 small_orange_diamond 🔸 one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 zero 0️⃣
`;

const words = TABLE.trim().split(/\s+/);
const EMOJI = new Map();
for (let at = 0; at < words.length; at += 2) EMOJI.set(words[at], words[at + 1]);

/** The reactions offered first, by shortcode. */
export const REACTIONS = ["+1", "heart", "tada", "eyes", "pray", "seedling", "sunny", "bulb", "thinking_face", "white_check_mark", "tea", "wave"];

const TONES = ["🏻", "🏼", "🏽", "🏾", "🏿"];

/** "flag-gb" as the two letters that fonts draw as a flag */
function flag(name) {
  const found = /^flag-([a-z]{2})$/.exec(name);
  return found && String.fromCodePoint(...[...found[1]].map((letter) => letter.codePointAt(0) + 0x1f185));
}

/** @returns {string|undefined} the character for a shortcode, in its skin tone if it has one */
export function emoji(name) {
  const [plain, tone] = name.split("::skin-tone-");
  const character = EMOJI.get(plain) ?? flag(plain) ?? undefined;
  return character && tone ? character.replace("\uFE0F", "") + (TONES[Number(tone) - 2] ?? "") : character;
}

/** Replaces shortcodes in plain text. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g, (whole, name) => emoji(name) ?? whole);
}
