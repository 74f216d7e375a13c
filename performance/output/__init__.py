"""Where picture and sound leave the house: window, speakers, video, stills, WAV. Devices and files, no score."""
